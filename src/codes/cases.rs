//! Codes of the cases of rules, which `changegate test` runs.

use super::{Code, nobody, rules, tests};

pub const CODES: &[Code] = &[
    tests("cases/base", "the proposal that a case begins with can't be read", "correct `base`, or the file"),
    tests(
        "cases/blank-text",
        "a text of a file of cases says nothing",
        "write what there is to say, or leave the field out",
    ),
    rules(
        "cases/differs",
        "a rule makes a finding otherwise than its case expects",
        "correct the rule, or the case; `--update` writes what was found into it",
    ),
    tests("cases/edit", "a case edits what is not there", "see what stands in `base`, and in the edits before"),
    tests("cases/evidence", "the evidence that a case gives is not valid", "write it as the message says"),
    tests(
        "cases/invalid",
        "the proposal of a case is not valid, so that no rule judges it",
        "name a whole proposal in `base`; where the case is about what is not valid, expect it with `rule`",
    ),
    tests("cases/malformed-value", "a value of a file of cases is not of its kind", "write it as the message says"),
    tests("cases/missing-field", "a required field of a file of cases is missing", "add it"),
    tests("cases/no-rule", "a file of cases belongs to no rule", "name it after the rule beside it"),
    rules(
        "cases/no-survivor",
        "a file of cases calls a mutant equal that there is not, or that a case notices",
        "take it out, or correct it where the line was changed",
    ),
    nobody("cases/none", "a rule has no cases", "write some: one in which it finds nothing, and one in which it does"),
    rules(
        "cases/not-found",
        "a rule does not make a finding that its case expects",
        "correct the rule, or the case; `--update` writes what was found into it",
    ),
    tests(
        "cases/nothing-to-test",
        "no case was run",
        "name a folder of rules with cases, or correct what --filter asks for",
    ),
    nobody("cases/one-sided", "in all cases of a rule it finds something, or in none", "add one of the other sort"),
    tests("cases/other-phase", "a case judges a rule in a phase in which it has no part", "correct `phase`"),
    tests(
        "cases/other-version",
        "a file of cases is of another version of the format than this changegate reads",
        "write version 1, or run the changegate that reads the other one",
    ),
    tests("cases/out-of-range", "a number of a file of cases is out of its range", "write one within the range"),
    rules(
        "cases/owed",
        "a rule calls something else owed than its case expects",
        "correct the rule, or the case; `--update` writes what was found into it",
    ),
    tests("cases/profile", "the profile that a case edits is not valid", "write it as the message says"),
    tests("cases/same-name", "two cases of a file have one name", "say in each what is special about it"),
    rules(
        "cases/survivor",
        "no case notices if a condition of a rule held always or never, or was shifted",
        "add a case that ends otherwise then; where there can be none, say why in `equal`",
    ),
    tests("cases/syntax", "a file of cases is not strict JSON", "mend the line that is shown"),
    tests("cases/too-long", "a text or list of a file of cases is too long", "shorten it"),
    tests(
        "cases/too-many-problems",
        "a file of cases has more problems than are told at once",
        "mend those that are told first",
    ),
    tests(
        "cases/too-much",
        "a rule makes more findings than a case can expect",
        "have the rule tell the first of them",
    ),
    rules(
        "cases/unexpected",
        "a rule makes a finding that its case does not expect",
        "correct the rule, or the case; `--update` writes what was found into it",
    ),
    tests(
        "cases/unknown-field",
        "a file of cases has a field that does not exist",
        "correct its spelling or remove it",
    ),
    tests(
        "cases/unknown-word",
        "a word of a file of cases is not one of those for its field",
        "use one of the words that are listed",
    ),
    tests("cases/unreadable", "a file of cases can't be read", "see that it is an ordinary file which you may read"),
    tests("cases/wrong-type", "a value of a file of cases is of the wrong type", "write it as the message says"),
];
