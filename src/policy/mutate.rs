//! Mutants of a rule: its text with one condition negated, removed or shifted. A case that still ends as before shows that
//! nobody has asked about that condition.
//!
//! The text is mutated and not the syntax tree, as the tree knows where things begin and not where they end: a survivor can so be
//! shown in its place. What comes of it is parsed like any rule; lines stay where they are.

use crate::source::Span;

/// A rule that differs from another one in one condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed in the text of the original.
    pub span: Span,
    /// What stands there now.
    pub put: String,
    /// The whole text of the mutant.
    pub text: String,
}

/// All mutants of a rule, in the order of its text.
///
/// - the condition of an `if` or a `while` is negated, and made to hold never;
/// - of `a && b` each part is made to hold always, of `a || b` never;
/// - `<` and `<=`, `>` and `>=`, `==` and `!=` take each other's place; `+=` becomes `-=`; `!` goes.
///
/// What stands inside a text is left alone.
///
/// ```
/// use changegate::policy::mutants;
/// let text = "fn check(p) { if p.a > 3 && p.b { deny(`${if p.c { 1 } else { 2 }}`); } }";
/// let put: Vec<_> = mutants(text).into_iter().map(|mutant| (text[mutant.span.range()].to_owned(), mutant.put)).collect();
/// assert_eq!(put[0], ("p.a > 3 && p.b".into(), "!(p.a > 3 && p.b)".into()));
/// assert_eq!(put[1], ("p.a > 3 && p.b".into(), "false".into()));
/// assert_eq!(put[2], ("p.a > 3".into(), "true".into()));
/// assert_eq!(put[3], (">".into(), ">=".into()));
/// assert_eq!(put[4], ("p.b".into(), "true".into()));
/// assert_eq!(put.len(), 5);
/// ```
pub fn mutants(text: &str) -> Vec<Mutant> {
    let tokens = tokens(text);
    let mut changes = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text(text) {
            "if" | "while" => {
                if let Some(span) = condition(&tokens, at, text) {
                    let condition = &text[span.range()];
                    changes.push((span, format!("!({condition})")));
                    changes.push((span, "false".to_owned()));
                }
            }
            "&&" | "||" => changes.extend(operands(&tokens, at, text)),
            "!" => changes.push((token.span, String::new())),
            operator => {
                if let Some(other) = other(operator) {
                    changes.push((token.span, other.to_owned()));
                }
            }
        }
    }
    changes.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    changes.dedup();
    let mutant = |(span, put): (Span, String)| {
        let text = [&text[..span.start as usize], &put, &text[span.end as usize..]].concat();
        Mutant { span, put, text }
    };
    changes.into_iter().map(mutant).collect()
}

fn other(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "<" => "<=",
        "<=" => "<",
        ">" => ">=",
        ">=" => ">",
        "==" => "!=",
        "!=" => "==",
        "+=" => "-=",
        _ => return None,
    })
}

/// The condition of the `if` at a token: all up to its block.
fn condition(tokens: &[Token], at: usize, text: &str) -> Option<Span> {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at + 1) {
        match token.text(text) {
            "(" | "[" | "#{" => depth += 1,
            "{" if depth == 0 => return span(tokens.get(at + 1..index)?),
            ")" | "]" | "}" => depth -= 1,
            "{" => depth += 1,
            _ => {}
        }
    }
    None
}

/// The two operands of the operator at a token, with what stands in their place.
fn operands(tokens: &[Token], at: usize, text: &str) -> Vec<(Span, String)> {
    let and = tokens[at].text(text) == "&&";
    let put = if and { "true" } else { "false" };
    let left = at - tokens[..at].iter().rev().scan(0, |depth, token| step(depth, token.text(text), and, true)).count();
    let right = tokens[at + 1..].iter().scan(0, |depth, token| step(depth, token.text(text), and, false)).count();
    let parts = [tokens.get(left..at), tokens.get(at + 1..at + 1 + right)];
    parts.into_iter().flatten().filter_map(span).map(|span| (span, put.to_owned())).collect()
}

/// Goes on to the next token of an operand; none at its end. An operand of `||` may hold `&&`, and not the other way round.
fn step(depth: &mut i32, token: &str, and: bool, backward: bool) -> Option<()> {
    let (open, close) = if backward { ([")", "]", "}"], ["(", "[", "{"]) } else { (["(", "[", "{"], [")", "]", "}"]) };
    if *depth == 0 {
        let ends = close.contains(&token)
            || matches!(token, "#{" | "||" | ";" | "," | "=" | "return" | "if" | "while" | "=>" | "+=" | ":" | "|" | "else" | "let")
            || and && token == "&&"
            // What follows a condition is its block.
            || !backward && token == "{";
        if ends {
            return None;
        }
    }
    if open.contains(&token) || backward && token == "}" || !backward && token == "#{" {
        *depth += 1;
    } else if close.contains(&token) || token == "#{" {
        *depth -= 1;
    }
    Some(())
}

fn span(tokens: &[Token]) -> Option<Span> {
    Some(Span { start: tokens.first()?.span.start, end: tokens.last()?.span.end })
}

#[derive(Debug, Clone, Copy)]
struct Token {
    span: Span,
}

impl Token {
    fn text(self, text: &str) -> &str {
        &text[self.span.range()]
    }
}

/// The tokens of a script, as far as mutants need them: a text is one token, whatever it holds; comments are none.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            '`' => template(rest),
            _ if first.is_alphanumeric() || first == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            _ => OPERATORS
                .iter()
                .find(|operator| rest.starts_with(**operator))
                .map_or(first.len_utf8(), |found| found.len()),
        };
        if !first.is_whitespace() && !rest.starts_with("//") && !rest.starts_with("/*") {
            tokens.push(Token { span: Span::new(at, at + length) });
        }
        at += length;
    }
    tokens
}

const OPERATORS: &[&str] = &["#{", "&&", "||", "==", "!=", "<=", ">=", "=>", "+=", "-=", "*=", "??", "?."];

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// A text in back-ticks; two of them stand for one.
fn template(rest: &str) -> usize {
    let mut at = 1;
    while let Some(c) = rest[at..].chars().next() {
        if rest[at..].starts_with("``") {
            at += 2;
        } else if c == '`' {
            return at + 1;
        } else if rest[at..].starts_with("${") {
            at += 2 + interpolation(&rest[at + 2..]);
        } else {
            at += c.len_utf8();
        }
    }
    rest.len()
}

/// What stands between `${` and its `}`, that included.
fn interpolation(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        match c {
            '"' => at += quoted(&rest[at..]),
            '`' => at += template(&rest[at..]),
            '}' if depth == 0 => return at + 1,
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                at += c.len_utf8();
            }
        }
    }
    rest.len()
}
