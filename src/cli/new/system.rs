//! `changegate new system`: the profile of a system, in which everything is yet to be said.

use crate::cli::fresh::{barred, command, exists, unfit, unwritable, write};
use crate::cli::ground::{configuration, is_there, root};
use crate::cli::{Failure, Global};
use crate::files::Files;
use crate::profiles::Profiles;
use crate::proposal::model::PROFILE;
use crate::proposal::shape::{Kind, Object};
use crate::proposal::unfilled::{mark, open};
use crate::verdict::Outcome;
use clap::Args;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Args)]
pub struct System {
    /// The id of the system, by which proposals name it
    #[arg(value_name = "ID")]
    id: String,
}

/// What rules ask of a system, each item of a list once; a test holds it to them.
const SKELETON: &str = include_str!("system.json");
const SCHEMA: &str = "https://raw.githubusercontent.com/changegate/changegate/main/schemas/profile-v1.json";

impl System {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = Arc::new(Files::folder(&root));
        let (config, mut faults) = configuration(global, &trusted);
        faults.extend(unfit(&self.id));
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let file = Path::new(&config.systems).join(format!("{}.json", self.id)).to_string_lossy().into_owned();
        // The folder need not be there, whatever the configuration says of it.
        let profiles = Profiles::of(&trusted, Path::new(&config.systems), false, config.limits)?;
        if is_there(&trusted, Path::new(&file)) || profiles.get(&self.id).is_some() {
            return Err(exists(&file, "fill in what is there, or name another system").into());
        }
        if let Some(fault) = barred(&root, &file) {
            return Err(fault.into());
        }
        let profile = skeleton(&self.id);
        write(&root.join(&file), &format!("{profile:#}\n")).map_err(|error| unwritable(&file, &error))?;
        writeln!(out, "wrote {file}")?;
        writeln!(out, "  open      {} fields, which begin with TODO:", open(&profile))?;
        let next = command(global, &format!("schema profile --check {file}"));
        writeln!(
            out,
            "\nnext: say in each what is true, take out what the system does not have, and see what is left: {next}"
        )?;
        Ok(Outcome::Pass)
    }
}

/// A profile with a mark in each field.
fn skeleton(id: &str) -> Value {
    let mut system = Map::new();
    system.insert("id".to_owned(), id.into());
    // A test reads it.
    system.extend(serde_json::from_str::<Map<_, _>>(SKELETON).unwrap_or_default());
    let mut profile = json!({ "$schema": SCHEMA, "changegate": 1, "system": system });
    fill(&mut profile, &PROFILE);
    profile
}

/// Puts the words of the model into what is empty.
fn fill(value: &mut Value, shape: &'static Object) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        let Some(field) = shape.field(name) else { continue };
        match (value, &field.kind) {
            (Value::String(text), _) if text.is_empty() => *text = mark(field, None),
            (Value::Array(items), Kind::List(Kind::Object(inner))) => {
                items.iter_mut().for_each(|item| fill(item, inner));
            }
            (value, Kind::Object(inner)) => fill(value, inner),
            _ => {}
        }
    }
}
