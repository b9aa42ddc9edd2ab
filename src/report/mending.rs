//! Who mends what blocks: it may be of a proposal, of the change itself, of waivers and calendars, or of what stands on the base.

use super::counts::several;
use crate::verdict::Tally;

/// Each with what is theirs, in a sentence. Denials are told by how the report marks them, and by what follows when they are mended.
pub(super) fn who_mends(tally: &Tally, marked: &str, then: &str) -> String {
    let own = |_: &str| format!("whoever wrote the proposal mends what is {marked}, and {then}");
    format!("{}.", each(tally, own).join("; "))
}

/// The same beside what the gate could not judge, which is for whoever runs it; nothing where nothing denies.
pub(super) fn meanwhile(tally: &Tally, marked: &str, then: &str) -> String {
    if denies(tally) { format!(" Meanwhile {}", who_mends(tally, marked, then)) } else { String::new() }
}

/// Whether anything denies.
pub(super) const fn denies(tally: &Tally) -> bool {
    tally.own || is_for_others(tally)
}

/// Who does what about denials: whoever wrote proposals of the change what is said of these, by which denials they are, and each other
/// theirs. A run that is about no change has no others.
pub(super) fn each(tally: &Tally, own: impl FnOnce(&str) -> String) -> Vec<String> {
    let of_change = "whoever made the change does what is asked for beside the denial of the change itself, such as to have its owners approve it";
    let of_kept = "whoever keeps the waivers and calendars mends what is denied of these, where the gate reads them";
    let on_base = "whoever wrote the proposals that are denied as on the base mends these in a change of their own";
    let which = if is_for_others(tally) {
        "denials of proposals of the change".to_owned()
    } else {
        several(tally.deny, "denial")
    };
    let own = (tally.own || !is_for_others(tally)).then(|| own(&which));
    let others = [(tally.denied, of_change), (tally.kept, of_kept), (tally.inherited, on_base)];
    let others = others.into_iter().filter(|(is_so, _)| *is_so).map(|(_, told)| told.to_owned());
    own.into_iter().chain(others).collect()
}

const fn is_for_others(tally: &Tally) -> bool {
    tally.denied || tally.kept || tally.inherited
}

#[cfg(test)]
mod tests {
    use super::who_mends;
    use crate::verdict::Tally;

    #[test]
    fn each_is_told_what_is_theirs() {
        let of = |own, denied, kept, inherited| {
            let told = who_mends(&Tally { own, inherited, denied, kept, ..Tally::default() }, "marked", "pushes");
            let parts =
                ["wrote the proposal mends what is marked, and pushes", "made the change", "keeps the", "on the base"];
            parts.map(|part| told.contains(part))
        };
        assert_eq!(of(true, false, false, false), [true, false, false, false]);
        assert_eq!(of(false, true, false, false), [false, true, false, false]);
        assert_eq!(of(false, false, true, false), [false, false, true, false]);
        assert_eq!(of(false, false, false, true), [false, false, false, true]);
        assert_eq!(of(true, true, true, true), [true, true, true, true]);
    }
}
