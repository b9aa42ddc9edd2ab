//! Loading rules: texts become parsed, checked rules with the parameters of this run.

use super::days::Days;
use super::header::{self, Header, Param};
use super::link::{Linked, Linker};
use super::pack::{self, Pack};
use super::script::{Parser, Script, lower};
use super::set::{Setting, unknown_rules};
use super::terms::{Part, RuleTerms};
use super::{fault, paths};
use crate::facts::Phase;
use crate::finding::{Fault, Label, Level};
use crate::source::{Place, Source, Span};
use jiff::civil::Date;
use rhai::AST;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One rule, ready to run.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its path in its pack without the extension: `backup/restore-tested`.
    pub id: Arc<str>,
    /// Its text.
    pub source: Arc<Source>,
    /// What its text says of it, before anything of the configuration.
    pub header: Arc<Header>,
    /// The level of this run: the header's, or the configuration's in its place.
    pub level: Level,
    /// The days of this run: the header's, or the configuration's in their place.
    pub days: Days,
    /// From when on it blocks, where the day of the run is before that: until then what it would deny is a warning.
    pub blocks_on: Option<Date>,
    /// The parameters of this run.
    pub params: BTreeMap<String, Param>,
    /// Whether it is evaluated in this run, and why not.
    pub part: Part,
    /// What the configuration changed, in words.
    pub changes: Vec<String>,
    pub(super) script: Cow<'static, Script>,
    /// The functions that the script calls.
    pub(super) functions: Vec<Linked>,
}

/// All rules of a run, in the order of their ids.
#[derive(Debug)]
pub struct RuleSet {
    /// In the order of their ids, those included that are not evaluated.
    pub rules: Vec<Rule>,
}

impl Rule {
    /// What its text was turned into.
    pub(crate) fn script(&self) -> &Script {
        &self.script
    }
}

/// A rule's text, before it is parsed.
struct Text {
    id: Arc<str>,
    source: Arc<Source>,
    sound: bool,
}

impl RuleSet {
    /// How many days the rules of this run look back to earlier proposals: the largest of their parameters `in_days`.
    pub fn looks_back(&self) -> Option<i64> {
        let days = |rule: &Rule| match rule.params.get("in_days") {
            Some(Param::Count(days)) => Some(*days),
            _ => None,
        };
        self.evaluated().filter_map(days).max()
    }

    /// Reads and checks all rules of some packs.
    ///
    /// # Errors
    /// Everything that is wrong with any rule or setting: one bad rule leaves every verdict undecided, so that none is told
    /// before all rules are sound.
    pub fn load(packs: &[Pack], settings: &[Setting], phase: Phase) -> Result<Self, Vec<Fault>> {
        let mut texts = Vec::new();
        for pack in packs {
            let text = |(id, source): &(Arc<str>, Arc<Source>)| Text {
                id: Arc::clone(id),
                source: Arc::clone(source),
                sound: pack.sound,
            };
            texts.extend(pack.rules.iter().map(text));
        }
        texts.sort_by(|a, b| a.id.cmp(&b.id));
        let mut faults = duplicates(&texts);
        let ids: Vec<_> = texts.iter().map(|text| Arc::clone(&text.id)).collect();
        faults.extend(unknown_rules(&ids, settings));
        let mut rules = Vec::with_capacity(texts.len());
        for loaded in load_all(&texts, settings, phase) {
            match loaded {
                Ok(rule) => rules.push(rule),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(Self { rules }) } else { Err(faults) }
    }

    /// The rule of an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| *rule.id == *id)
    }

    /// The rules that are evaluated in this run.
    pub fn evaluated(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.part == Part::Evaluated)
    }

    /// How each rule takes part.
    pub fn terms(&self) -> Vec<RuleTerms> {
        let terms = |rule: &Rule| RuleTerms {
            id: Arc::clone(&rule.id),
            header: Arc::clone(&rule.header),
            source: Arc::clone(&rule.source),
            level: rule.weighed(rule.level).0,
            days: rule.days,
            blocks_on: rule.weighed(rule.level).1,
            part: rule.part.clone(),
            changes: rule.changes.clone(),
        };
        self.rules.iter().map(terms).collect()
    }
}

/// Loads rules, those that are to be parsed side by side.
fn load_all(texts: &[Text], settings: &[Setting], phase: Phase) -> Vec<Result<Rule, Vec<Fault>>> {
    let (parser, linker) = (Parser::default(), Linker::default());
    let parsed = texts.iter().filter(|text| !text.sound).count();
    // Asking how many cores there are takes longer than parsing a few rules.
    let threads =
        if parsed < 8 { 1 } else { std::thread::available_parallelism().map_or(1, usize::from).min(parsed / 8 + 1) };
    let next = AtomicUsize::new(0);
    // Each thread takes the next rule when it is done with one, as rules differ much in length.
    let load_some = || {
        let mut loaded = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = texts.get(index) else { return loaded };
            loaded.push((index, load(&parser, &linker, text, settings, phase)));
        }
    };
    let mut loaded = std::thread::scope(|scope| {
        let running: Vec<_> = (1..threads).map(|_| scope.spawn(load_some)).collect();
        let mut loaded = load_some();
        for thread in running {
            // A parser that panics must not look like one that found nothing.
            loaded.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        loaded
    });
    loaded.sort_unstable_by_key(|(index, _)| *index);
    loaded.into_iter().map(|(_, rule)| rule).collect()
}

fn load(parser: &Parser, linker: &Linker, text: &Text, settings: &[Setting], phase: Phase) -> Result<Rule, Vec<Fault>> {
    // Those inside the binary were parsed when it was built.
    let written = if text.sound { pack::written(&text.id) } else { None };
    let (header, script, functions) = match written {
        Some((header, script)) => (header, Cow::Borrowed(script), linker.link(&text.id, &text.source, script)?),
        None => {
            let (header, span) = header::read(&text.id, &text.source)?;
            let (script, functions) = script(parser, linker, text, &header, span)?;
            (header, Cow::Owned(script), functions)
        }
    };
    let rule = Rule {
        id: Arc::clone(&text.id),
        source: Arc::clone(&text.source),
        level: header.level,
        days: header.days,
        blocks_on: None,
        params: header.params.clone(),
        header: Arc::new(header),
        part: Part::Evaluated,
        changes: Vec::new(),
        functions,
        script,
    };
    rule.set(settings, phase)
}

/// Parses a rule and checks all that can be told from its text.
fn script(
    parser: &Parser,
    linker: &Linker,
    text: &Text,
    header: &Header,
    span: Span,
) -> Result<(Script, Vec<Linked>), Vec<Fault>> {
    let (id, source) = (&text.id, &text.source);
    let ast = parse(parser, text, span)?;
    let script = lower(&ast).map_err(|refused| vec![fault::of_lowering(id, source, refused)])?;
    let mut wrong = linker.hidden(id, source, &script);
    wrong.extend(paths::check(id, source, &script, header));
    match linker.link(id, source, &script) {
        Ok(functions) if wrong.is_empty() => Ok((script, functions)),
        Ok(_) => Err(wrong),
        Err(unknown) => Err(wrong.into_iter().chain(unknown).collect()),
    }
}

/// How often a rule's text may say `let`, in comments too: the parser looks for each new variable among all before it.
const MOST_LETS: usize = 500;

/// Parses what follows the header. Its lines are kept, as positions count them.
fn parse(parser: &Parser, text: &Text, header: Span) -> Result<AST, Vec<Fault>> {
    let (id, source) = (&text.id, &text.source);
    let words = source.text().split(|c: char| !c.is_alphanumeric() && c != '_');
    if words.filter(|word| *word == "let").count() > MOST_LETS {
        let fault =
            Fault::new("policy/limit-variables", format!("the rule `{id}` declares more than {MOST_LETS} variables"))
                .help("one file holds one rule");
        return Err(vec![fault.at(Place::new(source, Span::new(0, 0)), "in this file")]);
    }
    let lines = source.slice(Span { start: 0, ..header }).bytes().filter(|&b| b == b'\n').count();
    let mut body = "\n".repeat(lines);
    // What follows the header on its last line keeps its column.
    let last = source.slice(Span { start: 0, ..header }).rsplit('\n').next().unwrap_or_default();
    body.push_str(&" ".repeat(last.chars().count()));
    body.push_str(&source.text()[header.end as usize..]);
    let ast = parser.parse(&body).map_err(|error| vec![fault::of_parse(id, source, &error)])?;
    if !ast.statements().is_empty() {
        let fault = Fault::new("policy/header", format!("the rule `{id}` has statements outside of its functions"))
            .help("a rule is `const RULE = #{ … };` and functions, nothing else")
            .at(fault::place(source, ast.statements()[0].position()), "this is never run");
        return Err(vec![fault]);
    }
    if ast.shared_lib().get_script_fn("check", 1).is_none() {
        let fault = Fault::new("policy/no-check", format!("the rule `{id}` has no function `check(p)`"))
            .help("add `fn check(p) { … }`, which calls deny, warn or info where something is wrong");
        return Err(vec![fault.at(Place::new(source, Span::new(0, 0)), "in this file")]);
    }
    Ok(ast)
}

fn duplicates(texts: &[Text]) -> Vec<Fault> {
    let twice = texts.windows(2).filter(|pair| pair[0].id == pair[1].id);
    twice
        .map(|pair| {
            let start = Span::new(0, 0);
            let mut fault = Fault::new("policy/duplicate-id", format!("two files define the rule `{}`", pair[0].id))
                .help("rename one; to replace a built-in rule, switch it off in changegate.toml with a reason and give yours an id of its own")
                .at(Place::new(&pair[1].source, start), "this one");
            fault.labels.push(Label::new(Place::new(&pair[0].source, start), "and this one"));
            fault
        })
        .collect()
}
