//! The branch that a pull request goes to goes on: what was merged into it since the event holds, or nobody is judged.

use super::desk::{Desk, Told};
use super::hub::{Hub, NOW};
use super::server::Answer;
use super::world::{MAIN, OLD, PULL, TOKEN, World};
use serde_json::{Value, json};
use std::fs;

const CONFIGURATION: &str = "[calendars]\nfiles = [\"calendars\"]\n[policies]\npaths = [\"rules\"]\n";
const RULE: &str = "const RULE = #{ title: \"It is quiet\", why: \"A test.\", help: \"do nothing\", phases: [\"plan\"], level: \"deny\" };\nfn check(p) { }\n";
const CALENDAR: &str = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
const FREEZE: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:freeze\nDTSTART:20261101T000000Z\nDTEND:20270101T000000Z\nEND:VEVENT\nEND:VCALENDAR\n";

/// A pull request whose base was at `before` and goes on in some way, which GitHub tells of.
fn after(meanwhile: impl FnOnce(&Desk), world: impl FnOnce(World) -> World) -> Hub {
    of("", &[], meanwhile, world)
}

fn of(
    configuration: &str,
    change: &[(&str, &str)],
    meanwhile: impl FnOnce(&Desk),
    world: impl FnOnce(World) -> World,
) -> Hub {
    let base = [("rules/quiet.rhai", RULE), ("calendars/none.ics", CALENDAR)];
    let hub = Hub::new(&format!("{CONFIGURATION}{configuration}"), &base, change);
    let desk = &hub.desk;
    desk.git(&["tag", "before", "main"]);
    desk.git(&["switch", "--quiet", "main"]);
    meanwhile(desk);
    desk.commit("meanwhile", "2026-11-20T11:30:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    hub.with(world)
}

fn gone_on(path: &str, text: &str) -> Hub {
    after(|desk| desk.write(path, text), |world| world)
}

fn run(hub: &Hub, base: &str, arguments: &[&str]) -> Told {
    let all = [&["--base", base, "--pr", "42", "--format", "json"], &NOW[..], arguments].concat();
    Told::of(&hub.desk.run_with(&[("GITHUB_TOKEN", TOKEN)], &all))
}

fn fault(told: &Told) -> (&str, &str) {
    let fault = &told.report["faults"][0];
    (fault["message"].as_str().unwrap(), fault["help"].as_str().unwrap())
}

#[test]
fn what_was_merged_into_the_trusted_side_counts() {
    for (path, text, what) in [
        ("systems/wiki.json", "{}", "a system profile"),
        ("systems/new.json", "{}", "a system profile"),
        ("waivers/new.toml", "", "a file of waivers"),
        ("calendars/freeze.ics", FREEZE, "a calendar"),
        ("rules/quiet.rhai", "", "a rule"),
        (".github/CODEOWNERS", "* @ada\n", "the file of code owners"),
    ] {
        let hub = gone_on(path, text);
        let told = run(&hub, "before", &[]).is(2, &["trust/other-base"]);
        let at = |name: &str| hub.desk.git(&["rev-parse", "--short=12", name]);
        let (message, help) = fault(&told);
        let expected = format!(
            "what is judged by is {}, and GitHub has `main` at {}, where {what}, `{path}`, is another",
            at("before"),
            at("main")
        );
        assert_eq!(message, expected);
        assert!(help.contains("git fetch origin main") && help.contains("--base origin/main"), "{help}");
    }
    // And by the branch as it is now, it holds.
    let told = run(&gone_on("calendars/freeze.ics", FREEZE), "main", &[]);
    assert_eq!(told.status, Some(1), "{:#}", told.report["exit"]);
}

/// Whoever proposes something is not held up by what is none of it.
#[test]
fn a_branch_that_goes_on_with_other_things_is_no_other() {
    for path in ["src/main.c", "Cargo.lock", "docs/systems/wiki.json", ".github/workflows/ci.yml"] {
        run(&gone_on(path, "x"), "before", &[]).is(0, &[]);
    }
}

#[test]
fn a_file_that_was_moved_away_counts() {
    let moved = |desk: &Desk| drop(desk.git(&["mv", "systems/wiki.json", "wiki.json"]));
    run(&after(moved, |world| world), "before", &[]).is(2, &["trust/other-base"]);
}

#[test]
fn a_commit_that_is_not_here_is_another() {
    let elsewhere = |world: World| World { tip: OLD.to_owned(), ..world };
    let told = run(&after(|_| (), elsewhere), "before", &[]).is(2, &["trust/other-base"]);
    assert!(fault(&told).0.ends_with("GitHub has `main` at 3f1c2a900000, a commit that this clone does not have"));
    // Whatever the need of GitHub: by what holds no more nobody is judged.
    let optional = of("[evidence]\ngithub = \"optional\"\n", &[], |_| (), elsewhere);
    run(&optional, "before", &[]).is(2, &["trust/other-base"]);
}

/// By the older base what others have done would pass for the change, and a step back from it would not be seen.
#[test]
fn a_change_that_holds_more_of_the_branch_is_judged_by_that() {
    let hub = Hub::new(CONFIGURATION, &[("rules/quiet.rhai", RULE), ("calendars/none.ics", CALENDAR)], &[]);
    let desk = &hub.desk;
    desk.git(&["tag", "before", "main"]);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("src/main.c", "x");
    desk.commit("meanwhile", "2026-11-20T09:30:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["merge", "--quiet", "--no-edit", "main"]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    let hub = Hub { head, ..hub }.with(|world| world);
    let told = run(&hub, "before", &[]).is(2, &["trust/other-base"]);
    assert!(fault(&told).0.ends_with("with which this change has other commits in common"), "{:?}", fault(&told));
    run(&hub, "main", &[]).is(0, &[]);
}

/// What was merged since a freeze began is asked of the branch: each commit of it counts.
#[test]
fn what_was_asked_of_the_history_is_asked_of_all_of_it() {
    let mut proposal: Value =
        serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
    proposal["freeze"] = json!({ "start": "2026-11-20T00:00:00Z", "end": "2026-11-26T06:00:00Z", "paths": ["src"] });
    let change = [("p.json", &*proposal.to_string())];
    let causes = |meanwhile: fn(&Desk), phase: &str| {
        let hub = of("", &change, meanwhile, |world| world);
        run(&hub, "before", &["--phase", phase]).report["exit"]["causes"].to_string()
    };
    let another = |desk: &Desk| desk.write("src/main.c", "x");
    assert!(causes(another, "deploy").contains("trust/other-base"));
    assert!(!causes(another, "plan").contains("trust/other-base"));
}

#[test]
fn where_the_branch_is_has_to_be_told() {
    let not = |status: u16| Answer::new(status, "{}");
    let named = |name: &str, sha: &str| Answer::json(&json!({ "name": name, "commit": { "sha": sha } }));
    for (answer, code) in [
        (not(403), "evidence/github-forbidden"),
        (not(404), "evidence/github-not-found"),
        (not(500), "evidence/github-unavailable"),
        (named("trunk", OLD), "evidence/github-moved"),
        (named("main", "main"), "evidence/github-malformed"),
        (Answer::new(200, "[]"), "evidence/github-malformed"),
    ] {
        run(&after(|_| (), |world| world.always(MAIN, answer)), "before", &[]).is(2, &[code]);
    }
}

/// Row 17: what goes elsewhere by the end was judged by another branch.
#[test]
fn a_base_that_is_another_by_the_end_is_told() {
    let retargeted = |world: World| {
        let mut later = world.pull.clone();
        later["base"]["ref"] = "release".into();
        world.on(PULL, move |request, before| (request.path == PULL && before > 1).then(|| Answer::json(&later)))
    };
    run(&after(|_| (), retargeted), "before", &[]).is(2, &["evidence/github-moved"]);
}

#[test]
fn a_record_tells_where_the_branch_was() {
    for (path, status) in [("src/main.c", 0), ("systems/new.json", 2)] {
        let hub = gone_on(path, "{}");
        let first = run(&hub, "before", &["--evidence-out", "rec.json"]);
        let asked = hub.server.asked().len();
        let again = run(&hub, "before", &["--evidence", "rec.json"]);
        assert_eq!((first.status, first.report), (Some(status), again.report));
        assert_eq!(hub.server.asked().len(), asked);
    }
    // One of an earlier version does not, and is no way around it.
    let hub = gone_on("systems/new.json", "{}");
    run(&hub, "before", &["--evidence-out", "rec.json"]);
    let mut record: Value = serde_json::from_slice(&fs::read(hub.desk.at("rec.json")).unwrap()).unwrap();
    let entries = record["entries"].as_array_mut().unwrap();
    let last = entries.iter_mut().find(|entry| entry["question"]["ask"] == "unmoved").unwrap();
    let answer = last["answer"].as_object_mut().unwrap();
    answer["value"].as_object_mut().unwrap().remove("base");
    answer["digest"] = json!(changegate::digest::of(answer["value"].to_string().as_bytes()));
    hub.desk.write("rec.json", record.to_string());
    run(&hub, "before", &["--evidence", "rec.json"]).is(2, &["evidence/not-recorded"]);
}

/// A record has where the branch was, and not what came to it: where git can't say that either, nobody is judged.
#[test]
fn by_a_record_alone_nobody_can_tell_what_came_between() {
    let hub = gone_on("src/main.c", "x");
    run(&hub, "before", &["--evidence-out", "rec.json"]).is(0, &[]);
    let again = |arguments: &[&str]| {
        Told::of(&hub.desk.run(&[&["--format", "json", "--evidence", "rec.json"], arguments].concat()))
    };
    again(&["--base", "before"]).is(0, &[]);
    let told = again(&[]).is(2, &["trust/other-base"]);
    assert!(fault(&told).0.ends_with("and without git nobody can tell what came between"), "{told:?}");
}
