//! One component may stand in the change itself, or alone in the list of `components`: that says the same, and is judged the same. A further one in
//! the list hides nothing of what is said of the first.

use crate::good::{self, NOW, SYSTEMS};
use crate::of_each;
use changegate::facts::Phase;
use changegate::verdict::Judgement;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// What a component of the list may say as well.
const OF_COMPONENT: &[&str] =
    &["component", "from", "to", "size", "scheme", "package_url", "library", "reverts", "steps", "required_steps"];

/// Besides the good ones, examples of which much is told.
const FOLDERS: &[(&str, &str)] =
    &[("examples", SYSTEMS), ("examples/migrations", SYSTEMS), ("examples/incidents", "examples/incidents/systems")];

#[test]
fn one_component_is_judged_the_same_as_a_list_of_one() {
    let goods = good::all();
    let differ = of_each(&goods, |good| differs(good.file, &good.proposal, |proposal| good.judge(proposal)));
    let files = |folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let plans = FOLDERS.iter().flat_map(|&(folder, systems)| files(folder).map(move |path| (path, systems)));
    let plans: Vec<_> =
        plans.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "json")).collect();
    let told = of_each(&plans, |(path, systems)| told_otherwise(path, systems));
    let differ: Vec<_> = differ.into_iter().chain(told).flatten().collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn a_further_component_hides_nothing() {
    let files = |folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let plans = FOLDERS.iter().flat_map(|&(folder, systems)| files(folder).map(move |path| (path, systems)));
    let plans: Vec<_> =
        plans.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "json")).collect();
    let hidden = of_each(&plans, |(path, systems)| hidden_by_another(path, systems));
    let hidden: Vec<_> = hidden.into_iter().flatten().collect();
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
}

/// What rules say of a plan, and no longer where something else changes as well that runs at a site of its own.
fn hidden_by_another(path: &Path, systems: &str) -> Option<String> {
    let read = |path: &Path| serde_json::from_str::<Value>(&fs::read_to_string(path).unwrap()).unwrap();
    let one = as_list(&read(path))?;
    let mut two = one.clone();
    let further = json!({ "component": "further", "from": "1.0.0", "to": "1.0.1", "size": "patch" });
    two["change"]["components"].as_array_mut().unwrap().push(further);
    for list in ["/change/sites", "/change/rollout/stages"] {
        let Some(list) = two.pointer_mut(list).and_then(Value::as_array_mut) else { continue };
        let is_site = list.first().is_none_or(Value::is_string);
        list.insert(
            0,
            if is_site { json!("elsewhere") } else { json!({ "name": "further", "sites": ["elsewhere"], "soak": 60 }) },
        );
    }
    let mut profile = read(&Path::new(systems).join(format!("{}.json", one["system"]["id"].as_str()?)));
    let system = &mut profile["system"];
    let component = json!({ "name": "further", "kind": "monitoring", "version": "1.0.0", "sites": ["elsewhere"] });
    system["components"].as_array_mut()?.push(component);
    let site = json!({ "name": "elsewhere", "role": "peer", "environment": one["change"]["environment"].as_str().unwrap_or("production"), "versions": [{ "component": "further", "version": "1.0.0" }] });
    system["sites"].as_array_mut()?.push(site);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("profile.json"), profile.to_string()).unwrap();
    let gate = good::gate_of(Phase::Plan, NOW, folder.path(), Path::new(""));
    let told = |proposal: &Value| findings(&gate.judge("proposal.json", proposal.to_string().into_bytes()));
    let (one, two) = (told(&one), told(&two));
    let rule = |told: &String| told.split(": ").next().unwrap_or_default().to_owned();
    let said: Vec<_> = two.iter().map(rule).collect();
    let hidden: Vec<_> = one.iter().filter(|told| !said.contains(&rule(told))).collect();
    (!hidden.is_empty()).then(|| format!("{}: {hidden:#?}\n{two:#?}", path.display()))
}

fn told_otherwise(path: &Path, systems: &str) -> Option<String> {
    let proposal = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    as_list(&proposal)?;
    let gate = good::gate(Phase::Plan, NOW, systems);
    differs(&path.display().to_string(), &proposal, |proposal: &Value| {
        gate.judge("proposal.json", proposal.to_string().into_bytes())
    })
}

/// What is said of a proposal alone, as it stands or with its component in a list.
fn differs(file: &str, proposal: &Value, judge: impl Fn(&Value) -> Judgement) -> Option<String> {
    let (alone, list) = (findings(&judge(proposal)), findings(&judge(&as_list(proposal)?)));
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|one| !those.contains(one)).cloned().collect()
    };
    let (alone, list) = (only(&alone, &list), only(&list, &alone));
    (alone != list).then(|| format!("{file}\n  alone: {alone:#?}\n  as a list: {list:#?}"))
}

/// None where there is not one component with a version.
fn as_list(proposal: &Value) -> Option<Value> {
    let mut proposal = proposal.clone();
    let change = proposal.get_mut("change")?.as_object_mut()?;
    if change.contains_key("components") || !change.contains_key("component") || !change.contains_key("to") {
        return None;
    }
    let own: serde_json::Map<_, _> = OF_COMPONENT.iter().filter_map(|name| change.remove_entry(*name)).collect();
    change.insert("components".to_owned(), json!([own]));
    Some(proposal)
}

fn findings(judgement: &Judgement) -> Vec<String> {
    assert!(judgement.faults.is_empty(), "{:#?}", judgement.faults);
    let told = judgement.findings.iter();
    told.map(|finding| format!("{}[{}]: {}", finding.level, finding.rule, finding.message)).collect()
}
