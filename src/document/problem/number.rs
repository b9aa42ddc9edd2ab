//! Numbers that JSON has no such spelling for: what is wrong with each, as precisely as can be told.

use super::quoted;

/// A token that begins as a number does and is none.
pub(in super::super) struct BrokenNumber<'t>(pub &'t str);

impl BrokenNumber<'_> {
    /// Message and help.
    pub fn wording(&self) -> (String, String) {
        let token = self.0;
        let unsigned = token.strip_prefix(['-', '+']).unwrap_or(token);
        let plus = token.starts_with('+');
        let lower = unsigned.to_ascii_lowercase();
        let number = quoted(token);
        if lower.starts_with("inf") || lower == "nan" {
            return (format!("{number} is not a number in JSON"), "write a finite number, or `null`".into());
        }
        if is_date(unsigned) && !plus {
            return (
                format!("the date {number} is not in quotes"),
                format!("write `\"{token}\"`", token = short(token)),
            );
        }
        if lower.starts_with("0x") || lower.starts_with("0o") || lower.starts_with("0b") {
            return (format!("the number {number} is not decimal"), "write it in decimal".into());
        }
        if !unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' | b'_')) {
            let help = "write the number alone, or put the text in double quotes";
            return (format!("{number} is neither a number nor a text in quotes"), help.into());
        }
        if unsigned.contains('_') {
            return (format!("an underscore in the number {number}"), "write the digits without separators".into());
        }
        if plus {
            return (format!("a plus sign before the number {number}"), "remove the plus sign".into());
        }
        shape(token, unsigned)
    }
}

/// What is wrong with a token of digits, signs, points and exponents.
fn shape(token: &str, unsigned: &str) -> (String, String) {
    let number = quoted(token);
    let bytes = unsigned.as_bytes();
    if bytes.is_empty() {
        return ("a minus sign without a number".into(), "write the number after it, or remove it".into());
    }
    if let [b'0', b'0'..=b'9', ..] = bytes {
        let help = "remove the leading zeros, or put an identifier in double quotes";
        return (format!("the number {number} begins with a zero"), help.into());
    }
    let lacks_digit = |after: fn(&u8) -> bool| {
        bytes.iter().position(after).is_some_and(|at| !bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
    };
    if unsigned.starts_with('.') && unsigned.len() > 1 {
        return (format!("no digit before the point in {number}"), "write a zero before the point".into());
    }
    if lacks_digit(|&byte| byte == b'.') {
        return (format!("no digit after the point in {number}"), "write a zero after the point, or remove it".into());
    }
    if unsigned.trim_end_matches(['+', '-']).ends_with(['e', 'E']) {
        return (format!("no digit in the exponent of {number}"), "write the exponent's digits, or remove it".into());
    }
    (format!("{number} is not a number"), "put a version or any other text in double quotes".into())
}

/// `2026-03-01`, alone or with a time: the commonest thing that begins as a number and is to be a text.
fn is_date(token: &str) -> bool {
    let shape = b"0000-00-00";
    let bytes = token.as_bytes();
    bytes.len() >= shape.len()
        && shape.iter().zip(bytes).all(
            |(&shape, byte)| {
                if shape == b'0' { byte.is_ascii_digit() } else { *byte == shape }
            },
        )
}

fn short(token: &str) -> String {
    token.chars().take(40).collect()
}
