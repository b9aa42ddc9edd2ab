//! Codes of rules.

use super::{Code, operator};

pub const CODES: &[Code] = &[
    operator(
        "policy/bad-id",
        "a file's name can't be the id of a rule, or is a code of the gate",
        "name it with small letters, digits and hyphens, and by none of these codes",
    ),
    operator(
        "policy/compared-kinds",
        "a rule compares values of different kinds",
        "convert one of them; ask for absence with `== ()` first",
    ),
    operator("policy/duplicate-id", "two files define one rule", "rename one"),
    operator("policy/empty-pack", "a folder of rules holds none", "correct the folder"),
    operator("policy/header", "a rule's header `const RULE` is missing or wrong", "mend it as the message says"),
    operator("policy/level", "a rule reports above the level of its header", "raise the level in the header"),
    operator("policy/limit-depth", "a rule's calls or expressions are nested too deep", "write it with fewer levels"),
    operator("policy/limit-findings", "a rule gives too many places to one report", "name some of them"),
    operator(
        "policy/limit-memory",
        "a rule makes too many texts, lists and maps",
        "look for a loop that copies what it does not need",
    ),
    operator("policy/limit-operations", "a rule takes too many steps", "look for a loop that does not end"),
    operator(
        "policy/limit-size",
        "a text, list or map that a rule makes, or the rule itself, is too large",
        "make less of it",
    ),
    operator(
        "policy/limit-time",
        "all rules together take too many steps over one proposal",
        "look for a loop that runs over too much",
    ),
    operator("policy/limit-variables", "a rule has too many variables", "use fewer"),
    operator(
        "policy/line-end",
        "a rule has a carriage return by itself, at which Rhai ends a line and editors do not",
        "save it with the line ends of Unix or of Windows",
    ),
    operator(
        "policy/lost-value",
        "a rule's `check` gives a value, which is not looked at",
        "report with deny, warn or info instead",
    ),
    operator("policy/no-check", "a rule has no function `check(p)`", "add it"),
    operator(
        "policy/no-place",
        "a rule gives its report a place that is no field it has read",
        "give it a field, such as p.window.start",
    ),
    operator(
        "policy/no-rule-applied",
        "no rule applies in this phase",
        "use the built-in rules, or a pack with rules for the phase",
    ),
    operator("policy/overflow", "a number or time in a rule is out of range", "use a smaller one"),
    operator(
        "policy/reserved-name",
        "a rule gives a name to something of its own that the gate has given",
        "use another name",
    ),
    operator("policy/syntax", "a rule does not parse", "mend the line that is shown"),
    operator(
        "policy/unknown-field",
        "a rule reads a field that the schema does not have",
        "correct the name; `changegate schema` prints what there is",
    ),
    operator(
        "policy/unknown-function",
        "a rule calls a function that does not exist",
        "the functions are listed in docs/functions.md",
    ),
    operator(
        "policy/unknown-parameter",
        "a rule reads a parameter that its header does not declare",
        "declare it in `params`",
    ),
    operator("policy/unknown-variable", "a rule uses a variable that does not exist", "declare it with `let`"),
    operator(
        "policy/unknown-word",
        "a rule compares a choice with a word that it can't be",
        "correct the word; `changegate schema` prints what there is",
    ),
    operator(
        "policy/unknown-zone",
        "a rule uses a time zone that does not exist",
        "use a name of the IANA time zone database",
    ),
    operator("policy/unreadable", "a rule can't be read", "see that the file exists and may be read"),
    operator("policy/wrong-type", "a rule uses a value as what it is not", "mend the line that is shown"),
];
