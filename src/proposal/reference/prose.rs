//! Texts of the model as Markdown.

/// A noun without its article.
pub(super) fn bare(noun: &str) -> &str {
    noun.trim_start_matches("a ")
}

/// A number with its thousands set apart, as people read it.
pub(super) fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// A text as code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let fence = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or_default() + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// What stands in a cell of a table, where a bar would end the cell even inside of code.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', r"\|")
}

/// Prose of the model, which is Markdown only in that it has code between backticks.
pub(super) fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { plain(part) } else { code(part) });
    parts.collect()
}

fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut plain, character| {
        if r"\*_[]<>#&".contains(character) {
            plain.push('\\');
        }
        plain.push(character);
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_escaped_outside_of_code() {
        assert_eq!(prose("a*b, `c*d` and <e>"), r"a\*b, `c*d` and \<e\>");
        assert_eq!(cell(&prose("`a|b` or c|d")), r"`a\|b` or c\|d");
        assert_eq!(code("a`b"), "``a`b``");
    }

    #[test]
    fn thousands_are_set_apart() {
        let told: Vec<_> = [0.0, 999.0, 1_000.0, -1_234_567.0, 0.5, 1e12].map(grouped).into();
        assert_eq!(told, ["0", "999", "1,000", "-1,234,567", "0.5", "1,000,000,000,000"]);
    }
}
