//! The command line by example: each file of `tests/cli` holds commands and what they print. `TRYCMD=overwrite cargo test --test cli`
//! writes what they print now; then read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[test]
fn the_command_line_does_what_its_cases_say() {
    let cases = trycmd::TestCases::new();
    // A width and a locale of our own, so that the cases say the same on every machine.
    cases.env("COLUMNS", "90").env("LC_ALL", "C.UTF-8").env("NO_COLOR", "");
    cases.case("tests/cli/*.trycmd");
}
