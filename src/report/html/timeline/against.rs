//! What findings have against what is drawn: a picture judges nothing by itself.

use crate::finding::Because;
use crate::report::entry::{Entry, Weight};
use crate::source::Place;
use crate::verdict::Judgement;

/// The places of all findings, with their weights.
#[derive(Debug)]
pub struct Against<'j> {
    all: Vec<(&'j Place, &'j [Because], Weight)>,
    denied: Vec<&'j str>,
}

impl<'j> Against<'j> {
    pub fn of(judgement: &'j Judgement) -> Self {
        let mut all = Vec::new();
        for finding in &judgement.findings {
            let weight = Entry::of_finding(finding).weight;
            let related = finding.related.iter().map(|label| &label.place);
            all.extend(
                std::iter::once(&finding.primary.place).chain(related).map(|place| (place, &*finding.because, weight)),
            );
        }
        let denied = judgement.findings.iter().filter(|finding| finding.blocks());
        Self { all, denied: denied.map(|finding| finding.pointer.as_str()).collect() }
    }

    /// The most that is said of a place, or of one within it.
    pub fn weight(&self, place: &Place) -> Option<Weight> {
        self.all.iter().filter(|(at, ..)| place.holds(at)).map(|(.., weight)| *weight).max()
    }

    /// Whether a place, or one within it, is denied.
    pub fn denies(&self, place: &Place) -> bool {
        self.weight(place) >= Some(Weight::Error)
    }

    /// Whether it is denied that something is absent, by where it would stand.
    pub fn misses(&self, pointer: &str) -> bool {
        self.denied.contains(&pointer)
    }

    /// The most that is said of a place because of another one.
    pub fn because_of(&self, place: &Place, of: &Place) -> Option<Weight> {
        let because = |because: &[Because]| because.iter().any(|because| of.holds(&because.place));
        let all = self.all.iter().filter(|(at, reasons, _)| place.holds(at) && because(reasons));
        all.map(|(.., weight)| *weight).max()
    }
}
