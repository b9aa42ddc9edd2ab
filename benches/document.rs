//! How long it takes to read a proposal of the usual size. Run with `cargo bench --bench document`.

#![allow(clippy::unwrap_used, reason = "a bench")]

use changegate::document::{Document, Limits};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const PROPOSAL: &str = include_str!("proposal.json");

fn document(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document");
    group.throughput(Throughput::Bytes(PROPOSAL.len() as u64));
    group.bench_function("parse", |bencher| bencher.iter(|| read(black_box(PROPOSAL))));
    // The yardstick: a reader without places, that keeps the last of two equal keys.
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(PROPOSAL)).unwrap());
    });
    let document = read(PROPOSAL);
    group.bench_function("pointer", |bencher| bencher.iter(|| document.at(black_box("/backup/restore_test/result"))));
    group.finish();
}

fn read(text: &str) -> Document {
    Document::parse("proposal.json", text.as_bytes().to_vec(), &Limits::default()).unwrap()
}

criterion_group!(benches, document);
criterion_main!(benches);
