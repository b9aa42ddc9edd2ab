//! Comments in the header of a rule.

/// How long the comment is with which a text begins; none where it begins with something else.
pub(super) fn length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        Some(text.find('\n').unwrap_or(text.len()))
    } else {
        text.starts_with("/*").then(|| block(text))
    }
}

/// How long a block comment is; like those of Rhai it may hold others, and one that is not closed goes on to the end.
fn block(text: &str) -> usize {
    let (mut at, mut open) = (0, 0_usize);
    loop {
        let rest = &text[at..];
        let (opens, closes) = (rest.find("/*"), rest.find("*/"));
        match (opens, closes) {
            (Some(opens), Some(closes)) if opens < closes => (at, open) = (at + opens + 2, open + 1),
            (_, Some(closes)) => (at, open) = (at + closes + 2, open - 1),
            (_, None) => return text.len(),
        }
        if open == 0 {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{header, tests::same};
    use crate::policy::script::Parser;

    /// What stands after a comment is read only where both end it in the same place.
    #[test]
    fn comments_end_where_rhai_ends_them() {
        let parser = Parser::default();
        for comment in [
            "",
            "/**/",
            "/* a */",
            "/* /* a */ b */",
            "/* /* /* */ */ /* */ */",
            "/*/ a */",
            "/*/**/*/",
            "/***/",
            "/* // a */",
            "// /*\n",
            "/* a",
            "/* /* a */",
            "*/",
            "/* a */ */",
            "/*/",
            "/* \"*/\" */",
            "/* /* \"*/\" */",
        ] {
            let text = format!("{comment} const RULE = #{{ a: {comment} 1 }};\nfn check(p) {{ }}");
            let engine = parser.parse(&text).ok().and_then(|ast| {
                let found = ast.iter_literal_variables(true, false).find(|(name, ..)| *name == "RULE");
                found.map(|(.., value)| value)
            });
            let own = header(&text).ok().flatten().map(|(own, _)| own);
            let agree = own.as_ref().zip(engine.as_ref()).is_some_and(|(own, engine)| same(own, engine));
            assert!(agree || own.is_none() && engine.is_none(), "{comment}: {own:?}, and Rhai: {engine:?}");
        }
    }
}
