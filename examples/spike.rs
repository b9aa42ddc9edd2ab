use changegate::*;
use std::time::Instant;
fn main() {
    let t0 = Instant::now();
    let rules = match policy::RuleSet::load(&[policy::builtin()], &[], facts::Phase::Plan) { Ok(r) => r, Err(f) => { for f in f { println!("{f:#?}"); } return } };
    println!("load {:?}", t0.elapsed());
    let config = config::Config::none();
    let now = "2026-11-21T00:00:00Z".parse().unwrap();
    let gate = gate::Gate::new(rules, profiles::Profiles::none(), &config, facts::Phase::Plan, Some(now), now).map_err(|f| f.message).unwrap();
    let file = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let mut ev = policy::Evaluator::new(&gate.rules);
    let t = Instant::now();
    let j = gate.judge(&mut ev, &file, bytes.clone());
    println!("first judge {:?}", t.elapsed());
    for f in &j.findings { println!("{} {} {} at {} [{}] {:?} because {:?}", f.level, f.rule, f.message, f.primary.place, f.primary.text, f.help, f.because.iter().map(|b| format!("{}={:?}", b.pointer, b.value)).collect::<Vec<_>>()); }
    for f in &j.faults { println!("FAULT {} {} {:?} {:?}", f.code, f.message, f.help, f.labels.first().map(|l| l.place.to_string())); }
    let n = 2000;
    let t = Instant::now();
    for _ in 0..n { gate.judge(&mut ev, &file, bytes.clone()); }
    println!("judge {:?}", t.elapsed() / n);
    let doc = document::Document::parse(&file, bytes.clone(), &document::Limits::default()).unwrap();
    let t = Instant::now();
    for _ in 0..n { std::hint::black_box(proposal::read(&doc, &proposal::model::PROPOSAL).is_ok()); }
    println!("read {:?}", t.elapsed() / n);
    let t = Instant::now();
    for _ in 0..n { std::hint::black_box(document::Document::parse(&file, bytes.clone(), &document::Limits::default()).is_ok()); }
    println!("parse {:?}", t.elapsed() / n);
    if let Ok(tree) = proposal::read(&doc, &proposal::model::PROPOSAL) {
        let facts = facts::Facts { proposal: std::sync::Arc::new(tree), evidence: config.evidence.clone(), now, phase: facts::Phase::Plan };
        let t = Instant::now();
        for _ in 0..n { std::hint::black_box(ev.evaluate(&facts)); }
        println!("evaluate {:?}", t.elapsed() / n);
    }
}
