//! Who mends what blocks: it may be of a proposal, of the change itself, or of what stands on the base.

use crate::verdict::Tally;

/// Each with what is theirs. Denials are told by how the report marks them, and by what follows when they are mended.
pub(super) fn who_mends(tally: &Tally, marked: &str, then: &str) -> String {
    let own = is_of_proposals(tally).then(|| format!("whoever wrote the proposal mends what is {marked}, and {then}"));
    let others = others(tally).into_iter().map(str::to_owned);
    format!("{}.", own.into_iter().chain(others).collect::<Vec<_>>().join("; "))
}

/// The same beside what the gate could not judge, which is for whoever runs it; nothing where nothing denies.
pub(super) fn meanwhile(tally: &Tally, marked: &str, then: &str) -> String {
    if denies(tally) { format!(" Meanwhile {}", who_mends(tally, marked, then)) } else { String::new() }
}

/// Whether anything denies.
pub(super) const fn denies(tally: &Tally) -> bool {
    tally.own || tally.denied || tally.inherited
}

/// Whether a denial is of a proposal of the change, or of one of a run about none.
pub(super) const fn is_of_proposals(tally: &Tally) -> bool {
    tally.own || !(tally.denied || tally.inherited)
}

/// What is for others than those who wrote these.
pub(super) fn others(tally: &Tally) -> Vec<&'static str> {
    let of_change = "whoever made the change does what is asked for beside the denial of the change itself, such as to have its owners approve it";
    let on_base = "whoever wrote the proposals that are denied as on the base mends these in a change of their own";
    let told = [tally.denied.then_some(of_change), tally.inherited.then_some(on_base)];
    told.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::who_mends;
    use crate::verdict::Tally;

    #[test]
    fn each_is_told_what_is_theirs() {
        let of = |own, inherited, denied| {
            let told = who_mends(&Tally { own, inherited, denied, ..Tally::default() }, "marked", "pushes");
            ["wrote the proposal mends what is marked, and pushes", "made the change", "on the base"]
                .map(|part| told.contains(part))
        };
        assert_eq!(of(true, false, false), [true, false, false]);
        assert_eq!(of(false, false, true), [false, true, false]);
        assert_eq!(of(false, true, false), [false, false, true]);
        assert_eq!(of(true, true, true), [true, true, true]);
    }
}
