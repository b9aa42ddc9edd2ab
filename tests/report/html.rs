//! The report to look at: what is drawn, that nothing in it leads astray or does anything by itself, and that it stays as large as it may be.

use crate::formats::{FORMATS, bare, everything};
use crate::material::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use changegate::finding::{Finding, Label};
use changegate::verdict::{Judgement, Terms};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

fn render(terms: &Terms, judgements: &[Judgement]) -> String {
    let (_, render) = FORMATS.iter().find(|(name, _)| *name == "html").expect("a format");
    render(terms, judgements, &[])
}

/// What stands between two texts, the first time.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("{from} is there")) + from.len();
    let length = text[start..].find(to).unwrap_or_else(|| panic!("{to} follows {from}"));
    &text[start..start + length]
}

/// All that stands between two texts.
fn between_all(text: &str, from: &str, to: &str) -> String {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

/// What follows each occurrence of a text, up to a quotation mark.
fn attributes<'t>(page: &'t str, name: &str) -> Vec<&'t str> {
    let begin = format!(" {name}=\"");
    page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The page that the program writes of an example, or of what it is given.
fn page_of(arguments: &[&str], input: &str) -> String {
    let mut running = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "--format", "html", "--now", "2026-11-21T12:00:00Z"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    running.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it is read");
    let output = running.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout).expect("text")
}

const BLOCKED: &[&str] = &["--config", "examples/calendars/changegate.toml", "examples/blocked.json"];

#[test]
fn times_are_drawn_with_what_has_no_room() {
    let page = page_of(BLOCKED, "");
    let times = between(&page, "<section class=\"times\">", "</section>");
    assert!(times.contains("40 min too short"), "{times}");
    insta::assert_snapshot!("times_of_a_blocked_proposal", times);
}

/// By day, in peak hours, with a stage in a later window: each window has its drawing, and red is what is denied.
#[test]
fn each_window_is_drawn_with_what_it_meets() {
    let text = std::fs::read_to_string("examples/payments-db.json").expect("an example");
    let mut proposal: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    proposal["window"]["start"] = "2026-12-07T09:00:00+01:00".into();
    proposal["window"]["end"] = "2026-12-07T13:00:00+01:00".into();
    proposal["window"]["latest_rollback_decision"] = "2026-12-07T12:00:00+01:00".into();
    proposal["window"]["alternatives"] =
        serde_json::json!([{ "start": "2026-12-20T01:00:00+01:00", "end": "2026-12-20T05:00:00+01:00" }]);
    proposal["change"]["rollout"]["stages"][0]["start"] = "2026-12-07T10:00:00+01:00".into();
    proposal["change"]["rollout"]["stages"][1]["start"] = "2026-12-20T01:30:00+01:00".into();
    let page = page_of(&["--config", "examples/calendars/changegate.toml", "-"], &proposal.to_string());
    let windows = page.split("<div class=\"drawing\"").skip(1).filter_map(|drawing| drawing.split("</svg>").next());
    let windows: Vec<&str> = windows.collect();
    assert_eq!(windows.len(), 3, "two windows, and what was done before");
    assert!(windows[0].contains("<rect class=\"bar peak bad\"") && windows[0].contains("shop hours"), "{}", windows[0]);
    assert!(!windows[0].contains("freeze"), "{}", windows[0]);
    assert!(windows[1].contains("window.alternatives[0]") && windows[1].contains("<rect class=\"bar freeze bad\""));
    assert!(!windows[1].contains("final backup") && windows[1].contains(">verification<"), "{}", windows[1]);
}

/// Of many approvals the one that is too old is red, and their number and their ages are those of all.
#[test]
fn what_is_denied_is_drawn_and_what_is_not_drawn_is_counted() {
    let text = std::fs::read_to_string("examples/payments-db.json").expect("an example");
    let mut proposal: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let approvals = proposal["approvals"].as_array_mut().expect("approvals");
    for at in approvals.len()..40 {
        let day = if at == 39 { "2025-11-18" } else { "2026-11-19" };
        let by = format!("@p{at}");
        approvals.push(serde_json::json!({ "by": by, "role": "owner", "at": format!("{day}T09:20:00+01:00"), "reference": "OPS-812" }));
    }
    let page = page_of(&["--config", "examples/calendars/changegate.toml", "-"], &proposal.to_string());
    assert_eq!(page.matches("<circle class=\"dot bad\"").count(), 1);
    assert!(page.contains(">40: 16 to 382 days<"), "their number, and the ages of all");
    assert!(page.contains("Not drawn, and counted: 16 more approvals"));
}

/// Nine freezes are on, of which the last one holds for what is changed.
#[test]
fn the_freeze_that_denies_is_drawn_among_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut configuration = "[systems]\npath = \"systems\"\n".to_owned();
    for at in 0..9 {
        let environment = if at == 8 { "production" } else { "staging" };
        let times = "start = 2026-12-05T18:00:00+01:00\nend = 2026-12-07T06:00:00+01:00";
        configuration
            .push_str(&format!("[[freezes]]\nname = \"freeze {at}\"\n{times}\nenvironments = [\"{environment}\"]\n"));
    }
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("changegate.toml"), configuration).expect("a file");
    std::fs::create_dir(at("systems")).expect("a folder");
    for name in ["systems/payments-db.json", "payments-db.json"] {
        std::fs::copy(format!("examples/{name}"), at(name)).expect("a copy");
    }
    let page = page_of(&["-C", folder.path().to_str().expect("text"), "payments-db.json"], "");
    let window = between(&page, "<div class=\"drawing\"", "</svg>");
    assert_eq!(window.matches("<rect class=\"bar freeze bad\"").count(), 1, "{window}");
    assert!(window.contains(">freeze 8<") || window.contains(">freeze 8, "), "{window}");
    assert_eq!(window.matches("<rect class=\"bar freeze").count(), 8, "{window}");
    assert!(window.contains("and 1 more, which the times in words have"), "{window}");
    assert!(between(&page, "<details class=\"words\">", "</details>").contains("freeze 7"), "they are told in words");
}

/// What there is no room for in a list is told under it.
#[test]
fn lists_tell_what_they_leave_out() {
    let mut judged = judgement("proposals/owing.json", Vec::new());
    judged.obligations = vec![owed("load-test", None); 203];
    judged.accepted = vec![accepted("@ada", None); 204];
    judged.others =
        vec![changegate::verdict::Other { file: "proposals/other.json".into(), digest: "sha256:00".into() }; 205];
    // What could not be had comes first, wherever it was asked.
    let known = Arc::new(changegate::evidence::Entry {
        answer: changegate::evidence::Answer::Absent,
        ..(*unavailable("here")[0]).clone()
    });
    judged.consulted = vec![known; 205];
    judged.consulted.extend(unavailable("gone.log"));
    let page = render(&terms(), &[judged]);
    for more in [3, 4, 5, 6] {
        assert!(page.contains(&format!("{more} more; the JSON report has them all")), "{more}");
    }
    assert!(page.contains("<b class=\"warn\">not to be had</b>: gone.log"));
}

/// The text of the proposal is all there, in order, however it is folded.
#[test]
fn the_text_is_whole() {
    let page = page_of(BLOCKED, "");
    let text = between(&page, "<h3>The proposal</h3>", "</section>");
    let firsts: Vec<usize> =
        text.split("<ol start=\"").skip(1).filter_map(|list| list.split('"').next()?.parse().ok()).collect();
    assert!(firsts.is_sorted() && firsts.len() > 8 && firsts[0] == 1, "{firsts:?}");
    let lines =
        text.matches("<li").count() - between_all(text, "<ul class=\"because\">", "</ul>").matches("<li").count();
    assert_eq!(lines, std::fs::read_to_string("examples/blocked.json").expect("an example").split('\n').count());
    for line in std::fs::read_to_string("examples/blocked.json").expect("an example").lines() {
        // What is marked is in an element of its own.
        let longest = line.split('"').max_by_key(|part| part.len()).unwrap_or_default();
        let shown = longest.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
        assert!(text.contains(&shown), "{line}");
    }
}

/// What is referred to is there, and no name is given twice.
#[test]
fn links_lead_to_what_is_there() {
    for page in [page_of(BLOCKED, ""), page_of(&["examples"], ""), render(&terms(), &everything())] {
        let all = attributes(&page, "id");
        let ids: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!(all.len(), ids.len());
        for link in attributes(&page, "href") {
            let anchor = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads away"));
            assert!(anchor.starts_with('?') || ids.contains(anchor), "{link}");
        }
    }
}

/// The page allows what is in it and nothing else, and there is nothing else.
#[test]
fn nothing_is_loaded_and_nothing_else_runs() {
    let page = render(&terms(), &everything());
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src &#39;none&#39;; style-src &#39;sha256-"), "{policy}");
    for (name, element) in
        [("style", between(&page, "<style>", "</style>")), ("script", between(&page, "<script>", "</script>"))]
    {
        let hash = STANDARD.encode(Sha256::digest(element.as_bytes()));
        assert!(policy.contains(&format!("{name}-src &#39;sha256-{hash}&#39;;")), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    let style = between(&page, "<style>", "</style>");
    for loading in ["@import", "url(h", "url(d", "url('", "url(\"", "@font-face"] {
        assert!(!style.contains(loading), "{loading}");
    }
    let script = between(&page, "<script>", "</script>");
    for unsafe_way in [
        "innerHTML",
        "insertAdjacentHTML",
        "eval",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "document.write",
        "import(",
    ] {
        assert!(!script.contains(unsafe_way), "{unsafe_way}");
    }
}

/// Every element is one of ours, whatever the texts say.
#[test]
fn hostile_text_is_no_markup() {
    let markup = "</li></ol></script></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x\" '--><!-- ]]> &lt;b&gt;";
    let text = format!("{{ \"{markup}\": 1,\n\t\"b\": \"{markup}\" }}");
    let source = Arc::new(changegate::source::Source::new(markup, text));
    let finding = Finding {
        help: Some(markup.into()),
        because: vec![because(markup, Some(markup), place(&source, "\"b\""))],
        related: vec![Label::new(place(&source, "\"b\""), markup)],
        policy: Some(place(&source, "\"b\"")),
        ..finding(markup, changegate::finding::Level::Deny, markup, markup, Label::new(place(&source, ": 1"), markup))
    };
    let mut judged = judgement(markup, vec![finding]);
    (judged.id, judged.title, judged.source) = (Some(markup.into()), Some(markup.into()), Some(source));
    judged.obligations = vec![owed(markup, Some(markup))];
    judged.accepted = vec![accepted(markup, Some(markup))];
    judged.consulted = unavailable(markup);
    let mut terms = adjusted_terms();
    terms.now = markup.into();
    terms.policies.folders = vec![markup.into()];
    terms.skipped = vec![markup.into()];
    terms.rules[0].changes = vec![markup.into()];
    let mut second = judgement(markup, Vec::new());
    second.left = Some(changegate::roster::Left::Done);
    for page in [render(&terms, &[judged]), render(&terms, &[second, judgement("b.json", vec![hostile()])])] {
        let page = bare(page);
        assert!(!page.contains("alert(1)>\"") && !page.contains("<img") && page.matches("<script>").count() == 1);
        let known: BTreeSet<&str> = KNOWN.split(' ').collect();
        for tag in page.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>', '\n', '/']).next().unwrap_or_default();
            assert!(known.contains(name), "<{tag}");
            // What stands between quotation marks is a value.
            let names: String = tag.split('>').next().unwrap_or_default().split('"').step_by(2).collect();
            assert!(
                [" on", "style", "src"].iter().all(|name| !names.contains(name)) || names.ends_with("style"),
                "<{tag}"
            );
        }
    }
}

const KNOWN: &str = "!doctype !-- html head meta title style body a svg defs symbol circle path pattern header span main section h1 h2 h3 p b i \
    article dl div dt dd ol ul li code mark details summary table thead tbody tr th td form fieldset legend label input datalist option select button \
    output script footer g rect text desc use";

/// A line of a megabyte is shown around what is said of it.
#[test]
fn a_minified_proposal_shows_what_is_marked() {
    let finding = minified();
    let mut judged = judgement("proposals/minified.json", vec![finding.clone()]);
    judged.source = Some(Arc::clone(&finding.primary.place.source));
    let page = render(&terms(), &[judged]);
    assert!(page.contains("<mark class=\"deny\">&quot;2026-05-01&quot;</mark>"));
    assert!(page.contains(" characters …</i>") && page.len() < 60_000, "{}", page.len());
}

/// Six thousand proposals with twenty findings each: those that block are there, and the page stays as large as one can open.
#[test]
fn a_page_has_room_for_so_much() {
    let s = sources();
    let mut judgements: Vec<_> =
        (0..6_000).map(|at| judgement(&format!("proposals/{at}.json"), vec![vague_reason(&s); 20])).collect();
    for judged in &mut judgements {
        judged.source = Some(Arc::clone(&s.proposal));
    }
    let mut last = judgement("proposals/last.json", vec![no_duration(&s); 400]);
    last.source = Some(Arc::clone(&s.proposal));
    judgements.push(last);
    let page = render(&terms(), &judgements);
    assert!(page.len() < 24 << 20, "{}", page.len());
    let first = between(&page, "<article", "</article>");
    assert!(first.contains("proposals/last.json") && first.contains("400 denials"), "{}", &first[..600]);
    assert!(first.contains("more; the JSON report has them all"));
    assert_eq!(page.matches("<article").count(), 5_000);
    assert!(page.contains("1001 proposals more are not listed"), "the rest is counted");
}

/// Of each proposal in the list something is said of what blocks it, whether it has room for all of it, or gave way to one that is needed more.
#[test]
fn what_blocks_a_proposal_is_told_of_each() {
    let s = sources();
    let mut judgements: Vec<_> = (0..5_000)
        .map(|at| {
            judgement(&format!("proposals/{at}.json"), vec![vague_reason(&s), no_duration(&s), old_restore_test(&s)])
        })
        .collect();
    // One by one they have those before give way.
    for judged in judgements.iter_mut().step_by(10) {
        judged.faults = vec![rule_fault(&s), placeless_fault()];
    }
    // It is larger than all the room there is.
    let at = place(&s.proposal, "null");
    let reasons = vec![because(&"x".repeat(1_900), None, at); 16];
    judgements[7].findings = vec![Finding { because: reasons, ..no_duration(&s) }; 300];
    let page = render(&terms(), &judgements);
    let articles: Vec<_> = page.split("<article class=\"p ").skip(1).collect();
    assert_eq!(articles.len(), 5_000);
    let full = articles.iter().filter(|article| article.contains("class=\"blocks\"")).count();
    let brief = articles.iter().filter(|article| article.contains("class=\"brief\"")).count();
    assert!(full > 100 && brief > 1_000 && full + brief == 5_000, "{full} in full, {brief} in brief");
    let briefly = articles.iter().find(|article| article.starts_with("blocked") && article.contains("class=\"brief\""));
    let briefly = briefly.expect("one that is blocked");
    assert!(
        briefly.contains("it is not said how long the rollback takes") && briefly.contains("rollback/fits-window"),
        "{briefly}"
    );
    assert!(page.len() < 24 << 20, "{}", page.len());
}

/// The rules of a close have no part in the phase of the run, and judged one that ends with the change.
#[test]
fn what_judged_the_end_of_an_upgrade_is_told() {
    let mut terms = terms();
    let header = changegate::policy::Header {
        phases: vec![changegate::facts::Phase::Close],
        ..(*terms.rules[1].header).clone()
    };
    terms.rules[1].header = Arc::new(header);
    let late = Finding { rule: "record/reviewed".into(), ..old_restore_test(&sources()) };
    let ended = |file: &str| Judgement { ends: true, ..judgement(file, vec![late.clone()]) };
    let page = render(&terms, &[ended("changes/a.json"), ended("changes/b.json")]);
    let rules = between(&page, "<section id=\"rules\">", "</section>");
    assert!(rules.contains("The upgrade was looked back on") && rules.contains("NIST-800-53 CP-9(1)"), "{rules}");
    let judged_by = |judgements: &[Judgement]| {
        let page = render(&terms, judgements);
        between(&page, "<dt>Rules</dt><dd>", "</dd>").to_owned()
    };
    assert_eq!(judged_by(&[ended("changes/a.json")]), "1 evaluated in phase close");
    assert_eq!(
        judged_by(&[ended("changes/a.json"), judgement("changes/b.json", Vec::new())]),
        "2 evaluated in phase plan, 1 for other phases; 1 in phase close"
    );
    let planned = Judgement {
        left: Some(changegate::roster::Left::Plan),
        evaluated: false,
        ..judgement("changes/a.json", Vec::new())
    };
    assert_eq!(judged_by(&[planned]), "none evaluated (2 for phase plan, 1 for other phases)");
}

/// `-` comes before `/`, so that whole ids are in another order than families.
#[test]
fn each_column_of_the_matrix_stands_under_its_family() {
    let says = |rule: &str| Finding { rule: rule.into(), ..old_restore_test(&sources()) };
    let all = ["backup/one", "backup-eu/two", "backup-eu/three", "backup/four", "alone"];
    let judgements = ["a.json", "b.json"].map(|file| judgement(file, all.map(says).to_vec()));
    let page = render(&terms(), &judgements);
    let head = between(&page, "<div class=\"wide matrix\"", "</thead>");
    let texts = |from: &str, to: &str| -> Vec<&str> {
        head.split(from).skip(1).filter_map(|rest| rest.split(to).next()?.split_once('>').map(second)).collect()
    };
    assert_eq!(texts("<th scope=\"colgroup\" colspan=", "</th>"), ["alone", "backup", "backup-eu"]);
    assert_eq!(attributes(head, "colspan"), ["1", "2", "2"]);
    assert_eq!(texts("<th scope=\"col\"><a href=", "</a>"), ["alone", "four", "one", "three", "two"]);
}

fn second<'t>((_, second): (&'t str, &'t str)) -> &'t str {
    second
}
