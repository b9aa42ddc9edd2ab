//! Words and characters that JSON has no use for, or has them only in quotes.

use super::quoted;

/// Words that are values elsewhere, or texts without quotes: message, label and help.
pub(super) fn word_wording(word: &str) -> (String, &'static str, String) {
    let name = quoted(word);
    let instead = match word.to_ascii_lowercase().as_str() {
        "nan" | "infinity" | "inf" => {
            return (format!("{name} is not a number in JSON"), "not JSON", "write a finite number, or `null`".into());
        }
        "true" => "true",
        "false" => "false",
        "null" | "none" | "nil" | "undefined" => "null",
        "yes" | "on" => {
            return (format!("{name} is not JSON"), "not JSON", "write `true`, or `\"yes\"` for a text".into());
        }
        "no" | "off" => {
            return (format!("{name} is not JSON"), "not JSON", "write `false`, or `\"no\"` for a text".into());
        }
        _ => {
            let message = format!("the text {name} is not in quotes");
            return (message, "needs double quotes", "put the text in double quotes".into());
        }
    };
    (format!("{name} is not JSON"), "not JSON", format!("write `{instead}`"))
}

/// Message and help.
pub(super) fn control_wording(found: char) -> (String, String) {
    match found {
        '\t' => ("a tab in a text".into(), "write `\\t`, or a space".into()),
        _ => {
            let code = u32::from(found);
            (format!("the control character U+{code:04X} in a text"), format!("write `\\u{code:04x}`, or remove it"))
        }
    }
}

/// A character, by its code where it could not be seen.
pub(super) fn character(found: char) -> String {
    let name = match found {
        '\u{a0}' => " (a no-break space)",
        '\u{200b}' => " (a zero-width space)",
        '\u{feff}' => " (a byte order mark)",
        '\u{b}' => " (a vertical tab)",
        '\u{c}' => " (a form feed)",
        _ if found.is_control() || found.is_whitespace() => "",
        _ => return quoted(found.encode_utf8(&mut [0; 4])),
    };
    format!("U+{:04X}{name}", u32::from(found))
}
