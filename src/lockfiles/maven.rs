//! `pom.xml` (<https://maven.apache.org/pom.html>): dependencies, managed ones, plugins, extensions and the parent.
//!
//! `${…}` is replaced by the project's own properties. What stands in a profile counts as well, but not its properties, as nobody can tell here
//! which profile will be on; a value that stays unknown is floating, and so is a dependency whose version stands elsewhere. What lies in a
//! `configuration` is a plugin's own.

use super::{Ecosystem, Hold, Pin, Unread, quoted, text};
use crate::source::Source;
use crate::xml::{self, Node};
use std::collections::HashMap;

/// The most elements that a project may have, so that none takes all memory.
const MOST: u32 = 500_000;

/// How long a value with its properties replaced may be, and through how many properties it may go.
const LONGEST: usize = 1_000;
const DEEPEST: usize = 16;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = xml::parse(source.text(), MOST).map_err(|error| Unread::told(error.at, &error.why))?;
    let root = document.root_element();
    if root.tag_name().name() != "project" {
        return Err(Unread::whole(format!("it is no pom.xml: it begins with {}", quoted(root.tag_name().name()))));
    }
    let project = Project { source, properties: properties(root) };
    let mut pins = Vec::new();
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        for child in element.children().filter(Node::is_element) {
            if let Some(default) = kind(element, child) {
                pins.push(project.pin(child, default)?);
            }
            if child.tag_name().name() != "configuration" {
                open.push(child);
            }
        }
    }
    Ok(pins)
}

/// Whether an element names an artifact, and the group it is of where it does not say.
fn kind(parent: Node<'_, '_>, child: Node<'_, '_>) -> Option<Option<&'static str>> {
    match (parent.tag_name().name(), child.tag_name().name()) {
        ("dependencies", "dependency") | ("extensions", "extension") | ("project", "parent") => Some(None),
        ("plugins", "plugin") => Some(Some("org.apache.maven.plugins")),
        _ => None,
    }
}

/// The properties of the project, and what it says of itself.
fn properties(root: Node<'_, '_>) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for child in root.children().filter(|child| child.has_tag_name_of("properties")) {
        for property in child.children().filter(Node::is_element) {
            found.insert(property.tag_name().name().to_owned(), text_of(property));
        }
    }
    let parent = root.children().find(|child| child.has_tag_name_of("parent"));
    for field in ["groupId", "artifactId", "version"] {
        if let Some(value) = inner(root, field).or_else(|| parent.and_then(|parent| inner(parent, field))) {
            found.insert(format!("pom.{field}"), value.clone());
            found.insert(format!("project.{field}"), value);
        }
        if let Some(value) = parent.and_then(|parent| inner(parent, field)) {
            found.insert(format!("project.parent.{field}"), value);
        }
    }
    found
}

/// Names are compared without their namespace, which many projects leave out.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// The text of an element: all of it, as a comment may stand in the midst.
fn text_of(element: Node<'_, '_>) -> String {
    let texts: String = element.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect();
    texts.trim().to_owned()
}

/// The text of the first child of that name.
fn inner(element: Node<'_, '_>, name: &str) -> Option<String> {
    element.children().find(|child| child.has_tag_name_of(name)).map(text_of)
}

struct Project<'d> {
    source: &'d Source,
    properties: HashMap<String, String>,
}

impl Project<'_> {
    fn pin(&self, element: Node<'_, '_>, group: Option<&str>) -> Result<Pin, Unread> {
        let unread = |why: String| text::unread(self.source, element.range().start, why);
        for name in ["groupId", "artifactId", "version"] {
            if element.children().filter(|child| child.has_tag_name_of(name)).count() > 1 {
                return Err(unread(format!("`{name}` is there twice")));
            }
        }
        let needed = |name: &str, otherwise: Option<&str>| {
            let written = inner(element, name).or(otherwise.map(str::to_owned)).unwrap_or_default();
            let value = self.replaced(&written).map_err(unread)?;
            if value.is_empty() { Err(unread(format!("an entry without `{name}`"))) } else { Ok(value) }
        };
        let name = format!("{}:{}", needed("groupId", group)?, needed("artifactId", None)?);
        let version = self.replaced(&inner(element, "version").unwrap_or_default()).map_err(unread)?;
        // `[1.0]` is a range that holds one version.
        let single = version.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|one| !one.contains(','));
        let version = single.unwrap_or(&version).to_owned();
        let loose = version.is_empty()
            || version.contains(['[', '(', ',', '$'])
            || version == "LATEST"
            || version == "RELEASE"
            || version.ends_with("-SNAPSHOT");
        let line = text::line(self.source, element.range().start);
        Ok(Pin::new(Ecosystem::Maven, name, version, line).held(if loose { Hold::Floating } else { Hold::Fixed }))
    }

    /// The text with its properties replaced. One that the project does not define stays as it is written.
    fn replaced(&self, written: &str) -> Result<String, String> {
        let mut text = written.to_owned();
        for _ in 0..DEEPEST {
            let next = self.once(&text)?;
            if next == text {
                return Ok(text);
            }
            text = next;
        }
        Err(format!("properties that refer to each other: {}", quoted(written)))
    }

    fn once(&self, text: &str) -> Result<String, String> {
        let mut done = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, behind)) = after.split_once('}') else { break };
            done.push_str(before);
            match self.properties.get(name) {
                Some(value) => done.push_str(value),
                None => done.extend(["${", name, "}"]),
            }
            rest = behind;
            if done.len() > LONGEST {
                return Err(format!("a value of more than {LONGEST} bytes"));
            }
        }
        if done.len() + rest.len() > LONGEST {
            return Err(format!("a value of more than {LONGEST} bytes"));
        }
        done.push_str(rest);
        Ok(done)
    }
}
