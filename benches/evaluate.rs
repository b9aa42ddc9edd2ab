//! What the parts of judging one proposal of 8 KB cost. Run with `cargo bench --bench evaluate`; it ends with a table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::facts::{Facts, Phase};
use changegate::files::Files;
use changegate::gate::Gate;
use changegate::policy::{Pack, RuleSet, builtin, pack};
use changegate::profiles::Profiles;
use changegate::proposal::model::PROPOSAL;
use changegate::proposal::{Scaled, Thresholds, Tree, read_laid};
use criterion::{Criterion, Throughput};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use std::{env, fs};

const PROPOSAL_TEXT: &str = include_str!("proposal.json");
const PROFILE_TEXT: &str = include_str!("../examples/systems/wiki.json");
const NOW: &str = "2026-11-21T12:00:00Z";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let (whole, small) = (rules(&[builtin()]), rules(&[small()]));
    load(&mut criterion);
    document(&mut criterion);
    evaluation(&mut criterion, "pack", &whole);
    evaluation(&mut criterion, "small", &small);
    judging(&mut criterion);
    criterion.final_summary();
    if !env::args().any(|argument| argument == "--test" || argument == "--list") {
        table(&whole, &small);
    }
}

/// The eleven rules that are compared with other engines.
fn small() -> Pack {
    pack(&Files::folder(Path::new(env!("CARGO_MANIFEST_DIR"))), Path::new("benches/peers/rules")).unwrap()
}

fn rules(packs: &[Pack]) -> RuleSet {
    RuleSet::load(packs, &[], Phase::Plan).unwrap()
}

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.bench_function("pack", |bencher| bencher.iter(|| rules(black_box(&[builtin()]))));
    group.bench_function("small", |bencher| {
        let small = [small()];
        bencher.iter(|| rules(black_box(&small)));
    });
    group.finish();
}

fn document(criterion: &mut Criterion) {
    let profile = parse("wiki.json", PROFILE_TEXT);
    let document = parse("proposal.json", PROPOSAL_TEXT);
    let mut group = criterion.benchmark_group("document");
    group.throughput(Throughput::Bytes(PROPOSAL_TEXT.len() as u64));
    group.bench_function("parse", |bencher| bencher.iter(|| parse("proposal.json", black_box(PROPOSAL_TEXT))));
    group.bench_function("read", |bencher| bencher.iter(|| laid(black_box(&document), &profile)));
    group.bench_function("parse and read", |bencher| {
        bencher.iter(|| laid(&parse("proposal.json", black_box(PROPOSAL_TEXT)), &profile));
    });
    group.finish();
}

/// Evaluation alone, on one thread: the facts are ready and the caches are warm. The proposal passes without a finding.
fn evaluation(criterion: &mut Criterion, name: &str, set: &RuleSet) {
    let facts = facts();
    let evaluation = set.evaluate(&facts);
    assert!(evaluation.findings.is_empty() && evaluation.faults.is_empty(), "{evaluation:#?}");
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(set.evaluated().count() as u64));
    group.bench_function(name, |bencher| bencher.iter(|| set.evaluate(black_box(&facts))));
    group.finish();
}

/// Everything from the bytes of the file to the judgement.
fn judging(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wiki.json"), PROFILE_TEXT).unwrap();
    let profiles =
        Profiles::of(&Arc::new(Files::folder(folder.path())), Path::new(""), false, Limits::default()).unwrap();
    let now = NOW.parse().unwrap();
    let gate = Gate::new(rules(&[builtin()]), profiles, &Config::none(), Phase::Plan, Some(now), now)
        .unwrap_or_else(|fault| panic!("{fault:#?}"));
    criterion.bench_function("judge/pack", |bencher| {
        bencher.iter(|| {
            let bytes = black_box(PROPOSAL_TEXT).as_bytes().to_vec();
            let judgement = gate.judge("proposal.json", bytes);
            assert!(judgement.findings.is_empty() && judgement.faults.is_empty());
        });
    });
}

fn parse(name: &str, text: &str) -> Document {
    Document::parse(name, text.as_bytes().to_vec(), &Limits::default())
        .unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn laid(document: &Document, profile: &Document) -> Tree {
    read_laid(document, &PROPOSAL, profile).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn facts() -> Facts {
    let proposal = laid(&parse("proposal.json", PROPOSAL_TEXT), &parse("wiki.json", PROFILE_TEXT));
    Facts {
        scale: Arc::new(Scaled::of(&proposal, &Thresholds::default())),
        proposal: Arc::new(proposal),
        evidence: Arc::clone(&Config::none().evidence),
        now: NOW.parse().unwrap(),
        phase: Phase::Plan,
    }
}

/// What was measured, beside what was wanted.
fn table(whole: &RuleSet, small: &RuleSet) {
    let (pack, eleven) = (whole.evaluated().count(), small.evaluated().count());
    println!("\n| part | median | wanted |\n|---|---|---|");
    row(&format!("engine, and the {} rules of the built-in pack", whole.rules.len()), "load/pack", 1, "");
    row(&format!("engine, and {eleven} small rules"), "load/small", 1, "");
    row("parse 8 KB", "document/parse", 1, "");
    row("check it against the schema, with its profile", "document/read", 1, "");
    row("both", "document/parse and read", 1, "60 µs");
    row(&format!("evaluate {pack} rules"), "evaluate/pack", 1, "");
    row("the same, per rule", "evaluate/pack", pack, "");
    row(&format!("evaluate {eleven} small rules, per rule"), "evaluate/small", eleven, "1.5 µs");
    row(&format!("judge: from bytes to judgement with {pack} rules"), "judge/pack", 1, "");
    println!("\n| the most costly rules | per proposal |\n|---|---|");
    let mut costs: Vec<_> = whole.evaluated().map(|rule| (cost(&rule.id), &rule.id)).collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    costs.iter().take(8).for_each(|(cost, rule)| println!("| `{rule}` | {} |", time(*cost)));
}

fn row(part: &str, name: &str, by: usize, wanted: &str) {
    if let Some(median) = median(name) {
        println!("| {part} | {} | {wanted} |", time(median / by as f64));
    }
}

/// What criterion found, in nanoseconds.
fn median(name: &str) -> Option<f64> {
    let own = env::current_exe().ok()?;
    let target = own.ancestors().nth(3).map(Path::to_owned);
    let home = env::var_os("CRITERION_HOME").map(PathBuf::from).or_else(|| Some(target?.join("criterion")))?;
    let text = fs::read_to_string(home.join(name).join("new/estimates.json")).ok()?;
    serde_json::from_str::<serde_json::Value>(&text).ok()?["median"]["point_estimate"].as_f64()
}

/// The nanoseconds of one rule alone; the least of many, as others may be at work on this machine.
fn cost(id: &str) -> f64 {
    let rules = builtin().rules.into_iter().filter(|(own, _)| **own == *id).collect();
    let set =
        RuleSet::load(&[Pack { rules, sound: true }], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let facts = facts();
    let batch = || {
        let start = Instant::now();
        (0..100).for_each(|_| drop(black_box(set.evaluate(&facts))));
        start.elapsed().as_secs_f64() * 1e9 / 100.0
    };
    (0..20).map(|_| batch()).fold(f64::INFINITY, f64::min)
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        short if short < 1e3 => format!("{short:.0} ns"),
        short if short < 1e6 => format!("{:.2} µs", short / 1e3),
        long => format!("{:.2} ms", long / 1e6),
    }
}
