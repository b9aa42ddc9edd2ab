//! The change freezes and low-risk windows of the configuration.

use crate::finding::{Fault, Label};
use crate::proposal::problem::nearest;
use crate::proposal::{NodeId, Tree, Value};

/// The environments that there are where the configuration lists none.
pub const ENVIRONMENTS: [&str; 4] = ["production", "staging", "test", "development"];

/// The lists in which they stand, with what one of each is called and what a slip in it would come to.
const LISTS: [(&str, &str, &str); 2] =
    [("freezes", "freeze", "this freeze would stop nothing"), ("low_risk", "window", "this window would suit nothing")];

/// Those that would hold for nothing, without anybody noticing: of no length, or of an environment that there is not.
pub fn idle(tree: &Tree) -> Vec<Fault> {
    let mut faults = empty(tree);
    faults.extend(of_unknown_environments(tree));
    faults
}

/// Those that do not end after they start.
pub fn empty(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (freeze, word) in
        LISTS.into_iter().flat_map(|(list, word, _)| items(tree, list).iter().map(move |&item| (item, word)))
    {
        if let (Some(start), Some(end)) = (tree.get(freeze, "start"), tree.get(freeze, "end"))
            && let (Value::Instant(from), Value::Instant(to)) = (tree.value(start), tree.value(end))
            && to <= from
        {
            let mut fault = Fault::new("config/empty-freeze", format!("this {word} does not end after it starts"))
                .help(format!(
                    "correct `start` or `end`; the end is the first moment that no longer belongs to the {word}"
                ))
                .at(tree.place(end), "ends here");
            fault.labels.push(Label::new(tree.place(start), "and starts here"));
            faults.push(fault);
        }
    }
    faults
}

/// Which environments there are stands in the configuration and not in the profiles: a freeze that is misspelt like one
/// profile would look right, and all profiles would have to be read before the first proposal is.
fn of_unknown_environments(tree: &Tree) -> Vec<Fault> {
    let listed = tree.path(&["systems", "environments"]);
    let known: Vec<_> = match listed {
        Some(listed) => tree.items(listed).iter().filter_map(|&name| tree.text(name)).collect(),
        None => ENVIRONMENTS.to_vec(),
    };
    let mut faults = Vec::new();
    for (named, without_effect) in named(tree, "environments") {
        let name = tree.text(named).unwrap_or_default();
        if !known.contains(&name) {
            let near = nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`? "));
            let help = near.unwrap_or_default() + "the environments are listed in `systems.environments`";
            let mut fault =
                Fault::new("config/unknown-environment", format!("there is no environment `{name}`")).help(help);
            fault = fault.at(tree.place(named), without_effect);
            if let Some(listed) = listed {
                fault.labels.push(Label::new(tree.head(listed), "these are all"));
            }
            faults.push(fault);
        }
    }
    faults
}

/// What they name in a list of theirs, with what a slip there would come to.
fn named(tree: &Tree, names: &str) -> Vec<(NodeId, &'static str)> {
    let of = |(list, _, without_effect)| {
        let lists = items(tree, list).iter().filter_map(|&item| tree.get(item, names));
        lists.flat_map(|names| tree.items(names)).map(move |&name| (name, without_effect))
    };
    LISTS.into_iter().flat_map(of).collect()
}

fn items<'t>(tree: &'t Tree, list: &str) -> &'t [NodeId] {
    tree.path(&[list]).map(|list| tree.items(list)).unwrap_or_default()
}

/// Their systems that are not among those that there are.
pub fn of_unknown_systems(tree: &Tree, systems: &[&str]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (named, without_effect) in named(tree, "systems") {
        let name = tree.text(named).unwrap_or_default();
        if !systems.contains(&name) {
            let help = nearest(name, systems.iter().copied()).map_or_else(
                || "name a system that has a profile".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let fault = Fault::new("config/unknown-system", format!("there is no profile of the system `{name}`"));
            faults.push(fault.help(help).at(tree.place(named), without_effect));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn codes(text: &str) -> Vec<String> {
        let faults = Config::parse("changegate.toml", text).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| format!("{}: {} ({})", fault.code, fault.message, fault.help.unwrap_or_default()))
            .collect()
    }

    fn freeze(environments: &str) -> String {
        format!(
            "[[freezes]]\nname = \"year-end\"\nstart = 2026-12-18T18:00:00Z\nend = 2027-01-04T06:00:00Z\nenvironments = {environments}\n"
        )
    }

    #[test]
    fn a_freeze_names_environments_that_there_are() {
        assert_eq!(codes(&freeze(r#"["production", "staging", "test", "development"]"#)), [""; 0]);
        assert_eq!(codes(&freeze("[]")), [""; 0]);
        assert_eq!(
            codes(&freeze(r#"["prodution", "plant-3"]"#)),
            [
                "config/unknown-environment: there is no environment `prodution` (did you mean `production`? the environments are listed in `systems.environments`)",
                "config/unknown-environment: there is no environment `plant-3` (the environments are listed in `systems.environments`)",
            ]
        );
    }

    #[test]
    fn a_low_risk_window_is_held_to_the_same() {
        let window =
            freeze(r#"["prodution"]"#).replace("[[freezes]]", "[[low_risk]]").replace("2027-01-04", "2026-12-18");
        assert_eq!(
            codes(&window),
            [
                "config/empty-freeze: this window does not end after it starts (correct `start` or `end`; the end is the first moment that no longer belongs to the window)",
                "config/unknown-environment: there is no environment `prodution` (did you mean `production`? the environments are listed in `systems.environments`)",
            ]
        );
    }

    #[test]
    fn the_configuration_lists_the_environments() {
        let listed = |freeze: &str| format!("[systems]\nenvironments = [\"live\", \"plant-3\"]\n{freeze}");
        assert_eq!(codes(&listed(&freeze(r#"["live", "plant-3"]"#))), [""; 0]);
        assert_eq!(
            codes(&listed(&freeze(r#"["production"]"#))),
            [
                "config/unknown-environment: there is no environment `production` (the environments are listed in `systems.environments`)"
            ]
        );
    }
}
