//! The rules of a run: what each is for, told once, and how often it spoke.

use super::markup::{Markup, put};
use crate::policy::Header;
use crate::report::counts::count;
use crate::report::entry::{Entry, Weight};
use crate::report::html::finding::sign;
use crate::verdict::Terms;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many codes are told of; there are more of no pack that anybody has.
const MOST: usize = 400;

/// What is known of the rules, and counted of their findings.
#[derive(Debug, Default)]
pub struct Rules {
    headers: BTreeMap<Arc<str>, Arc<Header>>,
    spoken: BTreeMap<String, Spoken>,
}

/// What came of a rule, or of another code.
#[derive(Debug)]
pub struct Spoken {
    /// By which it is known in this report.
    pub number: usize,
    /// The most that it said.
    pub weight: Weight,
    /// In how many proposals it said so.
    pub proposals: usize,
    /// The proposal that was counted last, for none to be counted twice.
    last: Option<usize>,
}

/// The parts of an id: `backup` stands before `backup-eu`, with all that is in it. A code without a family is one by itself.
pub fn family_and_name(code: &str) -> (&str, &str) {
    code.split_once('/').unwrap_or((code, code))
}

impl Rules {
    pub fn of(terms: &Terms) -> Self {
        // What ends with the change is judged by rules that have no part in the phase of the run.
        let headers = terms.rules.iter().map(|rule| (Arc::clone(&rule.id), Arc::clone(&rule.header))).collect();
        Self { headers, spoken: BTreeMap::new() }
    }

    pub fn header(&self, code: &str) -> Option<&Header> {
        self.headers.get(code).map(|header| &**header)
    }

    pub fn number(&self, code: &str) -> Option<usize> {
        self.spoken.get(code).map(|spoken| spoken.number)
    }

    /// Counts what was said of a proposal, or of the run.
    pub fn count(&mut self, entry: &Entry<'_>, proposal: Option<usize>) {
        let number = self.spoken.len();
        if number >= MOST && !self.spoken.contains_key(entry.code) {
            return;
        }
        let spoken = self.spoken.entry(entry.code.to_owned()).or_insert(Spoken {
            number,
            weight: entry.weight,
            proposals: 0,
            last: None,
        });
        if entry.weight > spoken.weight {
            spoken.weight = entry.weight;
        }
        if spoken.last != proposal || spoken.proposals == 0 {
            spoken.proposals += usize::from(proposal.is_some());
            spoken.last = proposal;
        }
    }

    /// Those that spoke, the heaviest first, then those that concern most proposals.
    pub fn spoken(&self) -> Vec<(&str, &Spoken)> {
        let mut all: Vec<_> = self.spoken.iter().map(|(code, spoken)| (code.as_str(), spoken)).collect();
        all.sort_by(|(code, a), (other, b)| (b.weight, b.proposals, code).cmp(&(a.weight, a.proposals, other)));
        all
    }

    /// Those that say something of a proposal, by their families and names.
    pub fn by_family(&self) -> Vec<(&str, &Spoken)> {
        let of_proposals = self.spoken.iter().filter(|(_, spoken)| spoken.proposals > 0);
        let mut all: Vec<_> = of_proposals.map(|(code, spoken)| (code.as_str(), spoken)).collect();
        all.sort_by_key(|(code, _)| family_and_name(code));
        all
    }

    /// What each is for that spoke.
    pub fn put(&self, out: &mut Markup) {
        let spoken = self.spoken();
        if spoken.is_empty() {
            return;
        }
        out.markup("<section id=\"rules\"><h2>Rules that spoke</h2><dl class=\"rules\">");
        for (code, spoken) in spoken {
            put!(out; "<div id=\"rule-", spoken.number, "\"><dt>");
            sign(out, spoken.weight);
            put!(out; "<code>", code, "</code>");
            if spoken.proposals > 1 {
                put!(out; " <span class=\"dim\">", count(spoken.proposals, "proposal"), "</span>");
            }
            out.markup("</dt>");
            match (self.header(code), crate::codes::find(code)) {
                (Some(header), _) => {
                    put!(out; "<dd><b>", header.title, ".</b> ", header.why, "</dd>");
                    if !header.controls.is_empty() {
                        put!(out; "<dd class=\"dim\">", header.controls.join(" · "), "</dd>");
                    }
                }
                (None, Some(known)) => {
                    put!(out; "<dd>", super::markup::Prose(known.meaning), "; ", super::markup::Prose(known.action), ".</dd>");
                }
                (None, None) => {}
            }
            out.markup("</div>");
        }
        out.markup("</dl></section>");
    }
}
