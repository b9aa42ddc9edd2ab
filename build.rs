//! Puts the built-in pack into the binary: a table of every rule under `policies/`, its id, its text and the text's digest; and
//! the headers and scripts of all rules, parsed and written down as constants, so that a run has nothing to parse.

#[expect(dead_code, unused_imports, reason = "the program runs what is only made here")]
#[path = "src/policy/script/mod.rs"]
mod script;

use script::{Node, Parser, Script, lower};
use sha2::{Digest, Sha256};
use std::fmt::{Debug, Write};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("policies");
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=src/policy/script");
    let mut rules = Vec::new();
    collect(&root, &root, &mut rules)?;
    rules.sort();
    let parser = Parser::default();
    let mut table = String::from("&[\n");
    let mut written = String::from("pub static WRITTEN: &[(Written, Script)] = &[\n");
    for (id, path) in rules {
        let text = fs::read_to_string(&path)?;
        let digest = Sha256::digest(&text);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        // By a path that holds wherever the project is moved to, or cloned beside.
        let from = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/policies/{id}.rhai\")");
        let _ = writeln!(table, "    ({id:?}, include_str!({from}), \"sha256:{hex}\"),");
        let ast = parser.parse(&text).map_err(|error| io::Error::other(format!("{id}: {error}")))?;
        let script = lower(&ast).map_err(|refused| io::Error::other(format!("{id}: {refused:?}")))?;
        let header = header(&ast).ok_or_else(|| io::Error::other(format!("{id}: its header can't be read")))?;
        let _ = writeln!(written, "    ({header}, {}),", as_source(&script));
    }
    table.push_str("]\n");
    written.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("written.rs"), written)?;
    fs::write(out.join("builtin.rs"), table)
}

fn collect(root: &Path, folder: &Path, rules: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, rules)?;
        } else if path.extension().is_some_and(|extension| extension == "rhai") {
            let id = path.strip_prefix(root).unwrap_or(&path).with_extension("");
            let id = id.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            rules.push((id, path));
        }
    }
    Ok(())
}

/// The header of a rule as an expression of Rust.
fn header(ast: &rhai::AST) -> Option<String> {
    let (.., header) = ast.iter_literal_variables(true, false).find(|(name, ..)| *name == "RULE")?;
    let header = header.as_map_ref().ok()?;
    let text = |key: &str| Some(format!("{:?}", header.get(key)?.as_immutable_string_ref().ok()?.trim()));
    let texts = |key: &str| {
        let list = header.get(key)?.as_array_ref().ok()?;
        let items = list.iter().map(|item| Some(item.as_immutable_string_ref().ok()?.to_string()));
        Some(format!("&{:?}", items.collect::<Option<Vec<_>>>()?))
    };
    let day = |key: &str| match header.get(key) {
        Some(day) => Some(format!("Some({:?})", day.as_immutable_string_ref().ok()?.trim())),
        None => Some("None".to_owned()),
    };
    let (mut params, mut descriptions) = (String::from("&["), String::from("&["));
    if let Some(declared) = header.get("params") {
        for (name, declared) in declared.as_map_ref().ok()?.iter() {
            let described = declared.as_map_ref().ok();
            let default = described.as_ref().map_or(Some(declared), |described| described.get("value"))?;
            let _ = write!(params, "({name:?}, {}), ", literal(default)?);
            if let Some(described) = described {
                let _ = write!(descriptions, "{}, ", description(name, &described)?);
            }
        }
    }
    params.push(']');
    descriptions.push(']');
    Some(format!(
        "Written {{ title: {}, why: {}, help: {}, phases: {}, level: {}, effective_on: {}, expires_on: {}, params: {params}, descriptions: {descriptions}, controls: {}, example: {} }}",
        text("title")?,
        text("why")?,
        text("help")?,
        texts("phases")?,
        text("level")?,
        day("effective_on")?,
        day("expires_on")?,
        texts("controls").unwrap_or_else(|| "&[]".to_owned()),
        text("example").unwrap_or_else(|| "\"\"".to_owned()),
    ))
}

/// What a rule says of a parameter, as an expression of Rust.
fn description(name: &str, described: &rhai::Map) -> Option<String> {
    let text = |key: &str| match described.get(key) {
        Some(text) => Some(text.as_immutable_string_ref().ok()?.trim().to_owned()),
        None => Some(String::new()),
    };
    let [unit, of, doc, why, source] = ["unit", "of", "doc", "why", "source"].map(text);
    let (unit, of, doc, why, source) = (unit?, of?, doc?, why?, source?);
    // Units are variants by the same words: `days` is `Unit::Days`.
    let unit = match unit.split_at_checked(1) {
        Some((first, rest)) => format!("Some(Unit::{}{rest})", first.to_uppercase()),
        None => "None".to_owned(),
    };
    let limit = |key: &str| match described.get(key) {
        Some(limit) => Some(format!("Some({})", limit.as_int().ok()?)),
        None => Some("None".to_owned()),
    };
    let (least, most) = (limit("least")?, limit("most")?);
    let [name, of, doc, why, source] = [name, &of, &doc, &why, &source].map(|text| format!("Cow::Borrowed({text:?})"));
    Some(format!(
        "Description {{ parameter: {name}, unit: {unit}, least: {least}, most: {most}, of: {of}, doc: {doc}, why: {why}, source: {source} }}"
    ))
}

fn literal(value: &rhai::Dynamic) -> Option<String> {
    if let Ok(flag) = value.as_bool() {
        return Some(format!("Literal::Flag({flag})"));
    }
    if let Ok(count) = value.as_int() {
        return Some(format!("Literal::Count({count})"));
    }
    if let Ok(number) = value.as_float() {
        return Some(format!("Literal::Number({number:?})"));
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Some(format!("Literal::Text({:?})", text.as_str()));
    }
    let items = value.as_array_ref().ok()?;
    let items = items.iter().map(literal).collect::<Option<Vec<_>>>()?;
    Some(format!("Literal::List(&[{}])", items.join(", ")))
}

/// A script as an expression of Rust.
fn as_source(script: &Script) -> String {
    let Script { nodes, places, parts, text, ends, functions, closures, loops, callees, own, params } = script;
    let mut source = String::from("Script { ");
    let _ = write!(source, "nodes: Cow::Borrowed(&[");
    for node in &**nodes {
        let _ = write!(source, "{}, ", node_source(node));
    }
    source.push_str("]), ");
    list(&mut source, "places", places);
    list(&mut source, "parts", parts);
    list(&mut source, "ends", ends);
    list(&mut source, "functions", functions);
    list(&mut source, "closures", closures);
    list(&mut source, "loops", loops);
    list(&mut source, "callees", callees);
    list(&mut source, "own", own);
    list(&mut source, "params", params);
    let _ = write!(source, "text: Cow::Borrowed({text:?}) }}");
    source
}

fn list<T: Debug + Clone>(source: &mut String, name: &str, items: &[T]) {
    let _ = write!(source, "{name}: Cow::Borrowed(&{items:?}), ");
}

/// What `Debug` shows of a node is its constructor, but for the operator in it.
fn node_source(node: &Node) -> String {
    match node {
        Node::Binary(op, left, right) => format!("Node::Binary(Op::{op:?}, {left}, {right})"),
        Node::Set(Some(op), target, value) => format!("Node::Set(Some(Op::{op:?}), {target}, {value})"),
        node => format!("Node::{node:?}"),
    }
}
