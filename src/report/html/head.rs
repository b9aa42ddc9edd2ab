//! The head of the page: what it may do, and how it looks.

use super::markup::{Markup, put};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a page may run.
#[derive(Debug, Clone, Copy)]
pub enum Script {
    /// The lines that are written at its end.
    Ours,
    None,
}

/// How the report begins, by which it is known again.
const BEGIN: &str = "<!doctype html>\n<!-- changegate report -->\n";

/// Whether a text begins as this report does.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(BEGIN.as_bytes())
}

/// Nothing is loaded and nothing run or styled but what is written here: a text that came to be markup in spite of all could do nothing.
fn policy(script: Script) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let script = match script {
        Script::Ours => hash(SCRIPT),
        Script::None => "'none'".to_owned(),
    };
    format!(
        "default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hash(STYLE)
    )
}

/// All before the body.
pub fn begin(out: &mut Markup, title: &str, script: Script) {
    out.markup(BEGIN);
    put!(out; "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
    put!(out; policy(script), "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put!(out; "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    put!(out; "<meta name=\"robots\" content=\"noindex\">\n<title>changegate: ", title, "</title>\n<style>");
    out.markup(STYLE);
    put!(out; "</style>\n</head>\n<body>\n");
}

/// All after it.
pub fn end(out: &mut Markup, script: Script) {
    if let Script::Ours = script {
        out.markup("<script>");
        out.markup(SCRIPT);
        out.markup("</script>\n");
    }
    out.markup("</body>\n</html>\n");
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
