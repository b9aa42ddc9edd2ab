//! The manual of rules as one page: all of them by family, then the frameworks whose controls they serve.
//!
//! All of it can be read without a script, so that the page runs none.

use super::head::{self, Script};
use super::markup::{Markup, Prose, Verbatim, put};
use crate::policy::{Param, Rule};
use crate::report::counts::count;
use crate::report::manual::{Manual, Page, example, standing, values};

impl Manual<'_> {
    /// One page for all, `rules.html`.
    pub fn html(&self) -> Page {
        let mut page = Markup::default();
        let counted = count(self.len(), "rule");
        head::begin(&mut page, &counted, Script::None);
        page.markup("<a class=\"skip\" href=\"#main\">To the rules</a>\n");
        page.markup("<header><span class=\"brand\">changegate</span></header>\n<main id=\"main\" tabindex=\"-1\">\n");
        put!(page; "<section><h1>Rules</h1><p>The ", counted, " by which is judged. A finding at level <b>deny</b> blocks; <b>warn</b> and <b>info</b> are shown. A rule may report below its level.</p>");
        page.markup("<nav aria-label=\"Families\"><ul class=\"families\">");
        for (family, rules) in &self.families {
            put!(page; "<li><a href=\"#family-", *family, "\">", *family, "</a> <span class=\"dim\">", rules.len(), "</span></li>");
        }
        if !self.frameworks.0.is_empty() {
            page.markup("<li><a href=\"#frameworks\">Controls of frameworks</a></li>");
        }
        page.markup("</ul></nav></section>\n");
        for (family, rules) in &self.families {
            put!(page; "<section class=\"manual\"><h2 id=\"family-", *family, "\">", *family, "</h2>\n");
            rules.iter().for_each(|rule| put_rule(&mut page, rule));
            page.markup("</section>\n");
        }
        self.put_controls(&mut page);
        page.markup("</main>\n<footer><p>Written by <code>changegate docs</code>. It depends on the rules and their configuration alone.</p></footer>\n");
        head::end(&mut page, Script::None);
        Page { name: "rules.html".to_owned(), text: page.to_string() }
    }

    fn put_controls(&self, out: &mut Markup) {
        if self.frameworks.0.is_empty() {
            return;
        }
        out.markup("<section class=\"manual\"><h2 id=\"frameworks\">Controls of frameworks</h2><p>Which rules serve which control, as their headers say. A rule serves a control in part, for the upgrades that it judges.</p>\n");
        for (number, (framework, controls)) in self.frameworks.0.iter().enumerate() {
            put!(out; "<h3 id=\"framework-", number, "\">", *framework, "</h3><div class=\"wide\" role=\"region\" aria-labelledby=\"framework-", number, "\" tabindex=\"0\"><table class=\"shares\"><thead><tr><th scope=\"col\">Control</th><th scope=\"col\">Rules</th></tr></thead><tbody>");
            for (control, rules) in controls {
                put!(out; "<tr><th scope=\"row\">", control.name, "</th><td class=\"several\">");
                for (at, rule) in rules.iter().enumerate() {
                    if at > 0 {
                        out.markup(", ");
                    }
                    put!(out; "<a href=\"#", &*rule.id, "\"><code>", &*rule.id, "</code></a>");
                }
                out.markup("</td></tr>");
            }
            out.markup("</tbody></table></div>\n");
        }
        out.markup("</section>\n");
    }
}

fn put_rule(out: &mut Markup, rule: &Rule) {
    let header = &rule.header;
    put!(out; "<article><h3 id=\"", &*rule.id, "\"><code>", &*rule.id, "</code></h3><p><b>", Prose(&header.title), "</b></p>");
    put!(out; "<p class=\"dim\">", standing(rule), " · <code>", rule.source.name(), "</code></p>");
    put!(out; "<p>", Prose(&header.why), "</p><p><b>What to do:</b> ", Prose(header.help.trim_end_matches('.')), ".</p>");
    if !rule.params.is_empty() {
        out.markup("<h4>Parameters</h4><dl class=\"params\">");
        rule.params.iter().for_each(|(name, value)| put_parameter(out, rule, name, value));
        out.markup("</dl>");
    }
    if let Some(example) = example(header) {
        out.markup("<details><summary>What satisfies it</summary><pre tabindex=\"0\">");
        for line in example.lines() {
            put!(out; Verbatim(line), "\n");
        }
        out.markup("</pre></details>");
    }
    if !header.controls.is_empty() {
        put!(out; "<p class=\"dim\">Controls: ", header.controls.join(", "), "</p>");
    }
    out.markup("</article>\n");
}

fn put_parameter(out: &mut Markup, rule: &Rule, name: &str, value: &Param) {
    let (value, default) = values(&rule.header, name, value);
    put!(out; "<dt><code>", name, " = ", value, "</code>");
    if let Some(default) = default {
        put!(out; " <span class=\"dim\">(by default <code>", default, "</code>)</span>");
    }
    out.markup("</dt>");
    let Some(description) = rule.header.description(name) else { return };
    put!(out; "<dd>", Prose(&description.doc));
    let takes = description.takes();
    for (label, said) in [("Takes", takes.as_str()), ("Why", &*description.why), ("Source", &*description.source)] {
        if !said.is_empty() {
            put!(out; " <i>", label, ":</i> ", Prose(said.trim_end_matches('.')), ".");
        }
    }
    out.markup("</dd>");
}
