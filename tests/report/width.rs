//! The report for people where there is little room, or much.

use crate::human::{blocked, of, plain};
use crate::material::*;
use changegate::report::{Options, Verbosity};

#[test]
fn on_a_narrow_terminal() {
    let text = human(Options { width: 44, ..Options::default() }, &terms(), &blocked(), &[]);
    insta::assert_snapshot!(text);
}

/// Beside the names of the rows nothing would be left: their texts stand below.
#[test]
fn on_the_narrowest_terminal() {
    let text = human(Options { width: 24, ..Options::default() }, &terms(), &blocked(), &[]);
    insta::assert_snapshot!(text);
}

/// A section that is left out is read whole, and would take the place of what there is.
#[test]
fn reasons_that_are_there_come_before_those_that_are_not() {
    let s = sources();
    let mut finding = vague_reason(&s);
    let place = finding.primary.place.clone();
    let absent = ["/a", "/b", "/c", "/d", "/e"].map(|pointer| because(pointer, None, place.clone()));
    finding.because = absent.into_iter().chain([because("/there", Some("7"), place)]).collect();
    let order = |text: &str| (text.find("/there is 7"), text.find("/a is absent"));
    let (there, absent) = order(&plain(&of(finding.clone())));
    assert!(there.is_some() && there < absent);
    // Where all are told, they stand as they were read.
    let options = Options { verbosity: Verbosity::Verbose, ..Options::default() };
    let (there, absent) = order(&human(options, &terms(), &of(finding), &[]));
    assert!(absent.is_some() && absent < there);
}

#[test]
fn on_a_wide_terminal_of_ascii() {
    let text = human(Options { width: 160, unicode: false, ..Options::default() }, &terms(), &blocked(), &[]);
    insta::assert_snapshot!(text);
}
