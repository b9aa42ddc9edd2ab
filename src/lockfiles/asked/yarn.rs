//! Of `yarn.lock`: what its entries depend on. What the project asks for stands there with Berry alone.

use super::Asked;
use crate::lockfiles::text::lines;
use crate::lockfiles::yaml::{Node, Yaml};
use crate::lockfiles::{Unread, yarn};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Asked, Unread> {
    let (mut there, mut wanted) = (Vec::new(), Vec::new());
    if yarn::is_of_berry(source) {
        let yaml = Yaml::parse(source)?;
        for (key, entry) in yaml.single()?.members().into_iter().flatten() {
            let patterns = key.scalar().into_iter().flat_map(|key| key.split(", "));
            there.extend(patterns.flat_map(yarn::names));
            let asked = entry.get("dependencies").and_then(Node::members).into_iter().flatten();
            wanted.extend(
                asked.filter_map(|(name, range)| Some(yarn::names(&format!("{}@{}", name.scalar()?, range.scalar()?)))),
            );
        }
    } else {
        let mut asks = false;
        for line in lines(source).filter(|line| !line.text.trim_start().starts_with('#')) {
            let text = line.text.trim();
            match line.indent() {
                0 => there.extend(text.trim_end_matches(':').split(", ").map(yarn::unquoted).flat_map(yarn::names)),
                2 => asks = text == "dependencies:",
                _ if asks => {
                    wanted.extend(text.split_once(' ').map(|(name, range)| {
                        yarn::names(&format!("{}@{}", yarn::unquoted(name), yarn::unquoted(range)))
                    }))
                }
                _ => {}
            }
        }
    }
    Ok(Asked::new(there, wanted))
}
