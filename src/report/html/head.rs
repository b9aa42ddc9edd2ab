//! The head of the page: what it may do, and how it looks.

use super::markup::{Markup, put};
use crate::verdict::Outcome;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How the report begins, by which it is known again.
const BEGIN: &str = "<!doctype html>\n<!-- changegate report -->\n";

/// Whether a text begins as this report does.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(BEGIN.as_bytes())
}

/// Nothing is loaded and nothing run or styled but what is written here: a text that came to be markup in spite of all could do nothing.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// All before the body.
pub fn begin(out: &mut Markup, outcome: Outcome, counts: &str) {
    out.markup(BEGIN);
    put!(out; "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
    put!(out; policy(), "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put!(out; "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    put!(out; "<meta name=\"robots\" content=\"noindex\">\n<title>changegate: ", outcome.as_str(), ", ", counts, "</title>\n<style>");
    out.markup(STYLE);
    put!(out; "</style>\n</head>\n<body>\n");
}

/// All after it.
pub fn end(out: &mut Markup) {
    out.markup("<script>");
    out.markup(SCRIPT);
    out.markup("</script>\n</body>\n</html>\n");
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE};

    /// They are put between tags as they stand, and hashed as they stand.
    #[test]
    fn style_and_script_end_where_their_elements_do() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--") && !text.contains('\r'));
        }
    }
}
