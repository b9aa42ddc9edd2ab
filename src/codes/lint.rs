//! Codes of lints, which `changegate lint` finds in rules.

use super::{Code, lint};

pub const CODES: &[Code] = &[
    lint(
        "lint/above-level",
        "a rule reports above the level of its header, which fails it as soon as it does",
        "report at its level, or raise `level` in the header",
    ),
    lint(
        "lint/allow",
        "a comment that is to allow something names no lint, gives no reason, or allows nothing",
        "write `// lint: allow NAME, REASON` on the line that is meant or right above it, or take it out",
    ),
    lint(
        "lint/different-kinds",
        "a value is of a kind that fails the rule where it stands: a time that is compared with a text, a list that is asked as a condition, a number that is added to a duration, an argument that the function does not take; or a count is compared with a number below 0",
        "ask for something of the value: `p.window.upgrade > hours(2)`, `len(p.approvals) > 0`, `p.ticket != ()`",
    ),
    lint(
        "lint/misleading-place",
        "a report names no place, and what is read last before it is of another part of the proposal than the condition: the finding would point there",
        "name the place, `deny(\"…\", p.backup.restore_test)`, or read that field last",
    ),
    lint(
        "lint/never-reports",
        "a rule reports nothing whatever it is given, so that every proposal passes, or nothing at its level",
        "report what it is there for, or lower its level",
    ),
    lint(
        "lint/no-advice",
        "the help of a rule or of a finding says not what to do: it is too short, repeats what is wrong, or only fills its place",
        "say what to do, and which field it goes to: \"open a ticket, and name it in `ticket`\"",
    ),
    lint(
        "lint/no-cases",
        "a rule has no cases, none in which it finds something, or none in which it finds nothing",
        "write them beside the rule: `ticket.cases.json` beside `ticket.rhai`",
    ),
    lint(
        "lint/order-of-letters",
        "a rule puts texts in order by their letters, in which `10` comes before `9` and `critical` before `low`",
        "compare versions by `version_before`, severities by `severity_below`, and times as they are",
    ),
    lint(
        "lint/unreachable",
        "a part of a rule never runs, as what stands before it always leaves or there is nothing to walk, or a condition comes out the same whatever is proposed",
        "take it out, or correct the condition",
    ),
    lint(
        "lint/unused-parameter",
        "a rule declares a parameter that it never reads, so that setting it changes nothing",
        "read it, `params.NAME`, or take it out; `--fix` does",
    ),
    lint(
        "lint/unused-variable",
        "a variable, a parameter of a function or a function of a rule is never used",
        "use it, or take it out; `--fix` takes out a variable whose value reads nothing",
    ),
];
