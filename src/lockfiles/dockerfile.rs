//! `Dockerfile` (<https://docs.docker.com/reference/dockerfile/>): the images that `FROM`, `COPY --from` and `RUN --mount=from=` name, and
//! the frontend of `# syntax=`, which runs the build.
//!
//! Stages of the file itself and `scratch` are no images. An `ARG` before the first `FROM` counts with its default; what only the build knows
//! is floating.

mod instructions;
mod variables;

use super::{Pin, Unread, image};
use crate::source::Source;
use instructions::{Instruction, instructions};
use std::collections::HashMap;
use variables::expand;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    Ok(reader(source)?.pins)
}

/// The image that the last stage is built on, through stages of the file itself; none of `scratch`.
pub(super) fn last_stage(source: &Source) -> Result<Option<Pin>, Unread> {
    let Reader { mut pins, last, .. } = reader(source)?;
    Ok(last.filter(|&at| at < pins.len()).map(|at| pins.swap_remove(at)))
}

fn reader(source: &Source) -> Result<Reader, Unread> {
    let file = instructions(source)?;
    let mut reader = Reader::default();
    if let Some((line, frontend)) = file.syntax {
        reader.image(line, frontend)?;
    }
    for instruction in &file.instructions {
        reader.instruction(instruction)?;
    }
    if reader.in_stage { Ok(reader) } else { Err(Unread::whole("it is no Dockerfile: it has no `FROM`")) }
}

/// The most bytes that all names of images of a file may have, when their variables are replaced.
const MOST_EXPANDED: usize = 64 << 20;

#[derive(Default)]
struct Reader {
    pins: Vec<Pin>,
    /// Stages by their names in lower case, each with the number of the pin that it is built on.
    stages: HashMap<String, Option<usize>>,
    /// The number of that of the last stage so far.
    last: Option<usize>,
    arguments: HashMap<String, String>,
    in_stage: bool,
    /// How many bytes variables stand for.
    expanded: usize,
}

impl Reader {
    fn instruction(&mut self, instruction: &Instruction<'_>) -> Result<(), Unread> {
        let words: Vec<_> = instruction.arguments.split_whitespace().collect();
        let flags = words.iter().take_while(|word| word.starts_with("--")).count();
        let (flags, words) = words.split_at(flags);
        match instruction.name.as_str() {
            "FROM" => {
                self.in_stage = true;
                self.from(instruction, words)
            }
            "ARG" if !self.in_stage => self.argument(instruction, words),
            _ if !self.in_stage => Err(instruction.line.unread("an instruction before the first `FROM`")),
            "COPY" | "ADD" => self.referred(instruction, flags, "--from="),
            "RUN" => {
                let mounts: Vec<_> = flags.iter().filter_map(|flag| flag.strip_prefix("--mount=")).collect();
                mounts.into_iter().try_for_each(|mount| {
                    let options: Vec<_> = mount.split(',').collect();
                    self.referred(instruction, &options, "from=")
                })
            }
            _ => Ok(()),
        }
    }

    fn from(&mut self, instruction: &Instruction<'_>, words: &[&str]) -> Result<(), Unread> {
        let (image, stage) = match words {
            [image] => (*image, None),
            [image, word, stage] if word.eq_ignore_ascii_case("as") => (*image, Some(*stage)),
            _ => return Err(instruction.line.unread("`FROM` that is not of the form `FROM image AS stage`")),
        };
        let name = expand(image, &self.arguments).map_err(|why| instruction.line.unread(why))?;
        self.expanded += name.as_ref().map_or(0, String::len);
        if self.expanded > MOST_EXPANDED {
            return Err(instruction.line.unread("variables that stand for too much"));
        }
        match name {
            None => {
                self.last = Some(self.pins.len());
                self.pins.push(image::unknown(image, instruction.line.number));
            }
            Some(name) if name == "scratch" => self.last = None,
            Some(name) => match self.stages.get(&name.to_ascii_lowercase()) {
                Some(built_on) => self.last = *built_on,
                None => {
                    self.last = Some(self.pins.len());
                    self.image(instruction.line, &name)?;
                }
            },
        }
        self.stages.extend(stage.map(|stage| (stage.to_ascii_lowercase(), self.last)));
        Ok(())
    }

    fn argument(&mut self, instruction: &Instruction<'_>, words: &[&str]) -> Result<(), Unread> {
        for word in words {
            let Some((name, value)) = word.split_once('=') else { continue };
            let plain = value.trim_matches(['"', '\'']);
            if plain.contains(['"', '\'', '\\']) {
                return Err(instruction.line.unread("a value of `ARG` in which quotes end in the middle"));
            }
            match expand(plain, &self.arguments).map_err(|why| instruction.line.unread(why))? {
                Some(value) => self.arguments.insert(name.to_owned(), value),
                None => self.arguments.remove(name),
            };
        }
        Ok(())
    }

    /// What a flag names: a stage by name or number, or else an image.
    fn referred(&mut self, instruction: &Instruction<'_>, flags: &[&str], flag: &str) -> Result<(), Unread> {
        let Some(name) = flags.iter().find_map(|given| given.strip_prefix(flag)) else { return Ok(()) };
        if name.contains('$') {
            self.pins.push(image::unknown(name, instruction.line.number));
            return Ok(());
        }
        if self.stages.contains_key(&name.to_ascii_lowercase()) || name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        self.image(instruction.line, name)
    }

    fn image(&mut self, line: super::text::Line<'_>, reference: &str) -> Result<(), Unread> {
        let pin = image::pin(reference, line.number);
        self.pins.push(pin.ok_or_else(|| line.unread(image::wrong(reference)))?);
        Ok(())
    }
}
