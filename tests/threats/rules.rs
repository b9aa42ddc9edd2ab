//! Rows 9 to 11: what a rule may do, and what may happen to its author.

use super::{Room, rule};

/// The outcome of a rule with this body.
#[track_caller]
fn undecided(body: &str, codes: &[&str]) {
    Room::of_rule(rule(body)).check(&["p.json"]).is(2, codes);
}

#[test]
fn row_9_words_that_are_not_there() {
    for body in [
        "eval(\"1\")",
        "let e = \"eval(e)\"; eval(e)",
        "import \"x\" as y;",
        "import \"/etc/passwd\" as y;",
        "import \"../quiet\" as y; y::check(p)",
        "export p;",
        "print(\"x\")",
        "debug(\"x\")",
        "Fn(\"deny\")",
        "let f = Fn(\"check\"); f.call(p)",
        "let f = |x| x; curry(f, 1)",
        "is_def_fn(\"check\", 1)",
        "is_def_var(\"x\")",
        "throw \"x\"",
        "try { } catch { }",
        "spawn",
        "go",
        "async",
    ] {
        undecided(body, &["policy/syntax"]);
    }
    undecided("global::RULE", &["policy/syntax"]);
}

/// Also where the call would never be reached.
#[test]
fn row_9_functions_that_are_not_there() {
    for call in [
        "sleep(1000)",
        "sleep(1e300)",
        "exit()",
        "exit(true)",
        "timestamp()",
        "open(\"/etc/passwd\")",
        "read_file(\"/etc/passwd\")",
        "http_get(\"http://localhost\")",
        "exec(\"ls\")",
        "env(\"HOME\")",
        "rand()",
        "parse_json(\"{}\")",
        "blob(1000000000)",
        "type_of(p)",
        "get_fn_metadata_list()",
        "\"x\".pad(5, \"\")",
        "[1].pad(1000000000, [1])",
        "p.take()",
        "deyn(\"x\")",
    ] {
        undecided(call, &["policy/unknown-function"]);
        undecided(&format!("if p.id == \"never\" {{ {call}; }}"), &["policy/unknown-function"]);
    }
}

/// Each pair of values of different kinds, as they stand and from variables.
#[test]
fn row_10_kinds_are_not_compared() {
    let kinds = ["42", "\"42\"", "true", "1.5", "now", "days(1)", "[1]", "#{ a: 1 }", "p", "p.window", "p.approvals"];
    let number = |kind: &str| kind == "42" || kind == "1.5";
    // Two places of the proposal are one place, or they are not.
    let node = |kind: &str| kind.starts_with('p');
    let mut bodies = Vec::new();
    for a in kinds {
        for b in kinds.into_iter().filter(|b| *b != a && !(number(a) && number(b)) && !(node(a) && node(b))) {
            bodies.push(format!("if {a} == {b} {{ }}"));
            bodies.push(format!("let a = {a}; let b = {b}; if a != b {{ }}"));
            bodies.push(format!("if {a} < {b} {{ }}"));
        }
    }
    for operator in ["==", "!=", "<", "<=", ">", ">="] {
        bodies.push(format!("if 42 {operator} \"42\" {{ }}"));
        bodies.push(format!("if p.id {operator} 42 {{ }}"));
        bodies.push(format!("if p.submitted_at {operator} \"2026-11-20\" {{ }}"));
    }
    for operator in ["<", "<=", ">", ">="] {
        bodies.push(format!("if () {operator} 1 {{ }}"));
        bodies.push(format!("if p.window.overlap {operator} 1 {{ }}").replace("window.overlap", "system.name"));
        bodies.push(format!("if p {operator} p {{ }}"));
    }
    bodies.extend(
        ["9 in [\"9\"]", "\"9\" in [9]", "!(9 in [\"9\"])", "9 !in [\"9\"]", "true in [1]"]
            .map(|body| format!("if {body} {{ }}")),
    );
    // Many in one run: each has to fail.
    let mut room = Room::of_rule(rule(""));
    for (number, body) in bodies.iter().enumerate() {
        room = room.with(&format!("rules/r{number}.rhai"), rule(body));
    }
    let told = room.check(&["p.json"]).is(2, &["policy/compared-kinds"]);
    let faults = told.report["proposals"][0]["faults"].as_array().unwrap();
    for (number, body) in bodies.iter().enumerate() {
        let name = format!("`r{number}`");
        assert!(faults.iter().any(|fault| fault["message"].as_str().unwrap().contains(&name)), "{body}");
    }
}

#[test]
fn row_10_what_is_no_list_has_no_items() {
    for body in ["1 in \"1\"", "1 in #{ a: 1 }", "1 in 5", "() in \"a\""] {
        undecided(&format!("if {body} {{ }}"), &["policy/wrong-type"]);
    }
}

/// It matches by the engine's own idea of equality, and is silent where nothing matches.
#[test]
fn row_10_no_switch() {
    undecided("switch p.id { 9 => deny(\"x\"), _ => () }", &["policy/syntax"]);
}

#[test]
fn row_10_names_that_do_not_exist() {
    undecided("if p.titel == () { }", &["policy/unknown-field"]);
    undecided("if p.window.strat == () { }", &["policy/unknown-field"]);
    undecided("if p[\"titel\"] == () { }", &["policy/unknown-field"]);
    undecided("for a in p.approvals { if a.bye == () { } }", &["policy/unknown-field"]);
    undecided("some(p.approvals, |a| a.bye == ())", &["policy/unknown-field"]);
    // Not to be seen before it runs.
    undecided("let name = `tit${\"el\"}`; p[name]", &["policy/unknown-field"]);
    undecided("if evidence.frezes == () { }", &["policy/unknown-field"]);
    undecided("if scale == \"rutine\" { }", &["policy/unknown-word"]);
    undecided("if weekday(now, \"UTC\") in [\"saturday\", \"Sunday\"] { }", &["policy/unknown-word"]);
    undecided("if p.reason.class == \"secuirty\" { }", &["policy/unknown-word"]);
    undecided("if may_skip(\"pilto\") { }", &["policy/unknown-word"]);
    undecided("for person in contacts_for(\"databse\") { }", &["policy/unknown-word"]);
    undecided("if latest_test((), \"resotre\") == () { }", &["policy/unknown-word"]);
    undecided("if p.reason.urgency in [\"urgent\", \"soon\"] { }", &["policy/unknown-word"]);
    undecided("if \"approval\" in p.fast_track.skips { }", &["policy/unknown-word"]);
    undecided("if params.limit == () { }", &["policy/unknown-parameter"]);
    undecided("if lmit > 3 { }", &["policy/syntax"]);
    undecided("let m = #{ a: 1 }; if m.b == () { }", &["policy/unknown-field"]);
    // A function that is called with lists of two kinds is followed for each of them.
    let asked = "fn asked(list) { list.some(|item| item.role == ()) }";
    let known = format!("{}\n{asked}", rule("if asked(p.approvals) { deny(\"no\") }"));
    Room::of_rule(known).check(&["p.json"]).is(0, &[]);
    Room::of_rule(format!("{}\n{asked}", rule("asked(p.approvals); asked(p.inventory.adds)")))
        .check(&["p.json"])
        .is(2, &["policy/unknown-field"]);
    // What a loop, or a closure, assigns to is another thing in its next turn.
    for body in [
        "let worst = p.system.criticality; for a in p.approvals { if worst == \"none\" { } worst = \"none\"; }",
        "let at = p.window; while at != () { at.restore_time; at = (); if at == () { break; } at = p.backup; }",
        "let at = p.system; p.approvals.some(|a| { at.by; at = a; true });",
        "if has_word([\"x\", p.reason.class]) { }",
    ] {
        let helper = "fn has_word(list) { list.some(|word| word == \"x\") }";
        let text = format!("{}\n{helper}", rule(body));
        let told = Room::of_rule(text).check(&["p.json"]);
        assert!(!told.causes().contains("policy/unknown-word"), "{body}: {:?}", told.causes());
        assert!(!told.text().contains("can't be loaded"), "{body}: {}", told.text());
    }
    // Closures see what is around them.
    undecided("let w = p.window; if some([1], |x| w.strat == x) { }", &["policy/unknown-field"]);
    let told = Room::of_rule(rule("if p.titel == () { }")).check(&["p.json"]);
    assert!(told.text().contains("did you mean `title`"));
}

/// A name that the gate has given means what the gate means by it.
#[test]
fn row_10_names_are_not_given_twice() {
    for body in [
        "let now = 1;",
        "const phase = \"plan\";",
        "for phase in [\"deploy\"] { }",
        "for (x, params) in [1] { }",
        "some([1], |now| true);",
        "let y = 1; some([1], |x| some([y], |evidence| x == 1));",
    ] {
        undecided(body, &["policy/reserved-name"]);
    }
    for function in [
        "fn deny(message) { }",
        "fn deny(message, place) { }",
        "fn contains(a, b) { false }",
        "fn some(a, b) { false }",
        "fn helper(params) { }",
    ] {
        Room::of_rule(format!("{}\n{function}", rule("deny(\"no\");")))
            .check(&["p.json"])
            .is(2, &["policy/reserved-name"]);
    }
    // What a closure only reads is not a name of its own.
    Room::of_rule(rule("let y = 1; if some([1], |x| x == y && now == now && phase == \"plan\") { deny(\"no\"); }"))
        .check(&["p.json"])
        .is(1, &["quiet"]);
}

#[test]
fn row_11_no_finding_is_lost() {
    for body in [
        "deny(\"no\"); return;",
        "deny(\"no\"); return true;",
        "if true { deny(\"no\"); return; } loop { }",
        "let ignored = deny(\"no\");",
        "deny(\"no\"); 42; \"text\"; true; ()",
        "fn_result(p);",
        "for x in [1, 2] { deny(\"no\"); break; }",
        "let x = loop { deny(\"no\"); break 1; };",
        "some([1], |x| { deny(\"no\"); false });",
        "p = (); deny(\"no\");",
    ] {
        let text = format!("{}\nfn fn_result(p) {{ deny(\"no\") }}", rule(body));
        let told = Room::of_rule(text).check(&["p.json"]).is(1, &["quiet"]);
        assert_eq!(told.findings()[0]["message"], "no", "{body}");
    }
}

/// A rule that gives its answer instead of reporting it denies nothing, and must not look as if it had nothing to say.
#[test]
fn row_11_a_value_is_no_finding() {
    for body in ["return false;", "p.title == \"x\"", "[\"deny\"]", "\"deny\""] {
        Room::of_rule(rule(body)).check(&["p.json"]).is(2, &["policy/lost-value"]);
    }
}

#[test]
fn row_11_an_error_stands_beside_the_finding() {
    for (body, code) in [
        ("deny(\"no\"); 1 / 0", "policy/overflow"),
        ("deny(\"no\"); loop { }", "policy/limit-operations"),
        ("deny(\"no\"); p.submitted_at < 1", "policy/compared-kinds"),
    ] {
        let told = Room::of_rule(rule(body)).check(&["p.json"]);
        assert_eq!(told.status, Some(2));
        assert!(told.causes().contains(code), "{:?}", told.causes());
        assert_eq!(told.findings()[0]["message"], "no");
    }
    undecided("exit(true)", &["policy/unknown-function"]);
    undecided("try { deny(\"no\"); 1 / 0 } catch { }", &["policy/syntax"]);
}

/// A rule that may only warn does not deny, and does not fall silent either.
#[test]
fn row_11_a_rule_keeps_its_level() {
    let text = rule("deny(\"no\");").replace("\"deny\" }", "\"warn\" }");
    Room::of_rule(text).check(&["p.json"]).is(2, &["policy/level"]);
}
