//! What mending changes in a text, line by line, as `diff -u` tells it: `git apply` takes it, and so does `patch -p1`.

use std::fmt::Write;

/// Lines around a change.
const AROUND: usize = 3;
/// How many lines may be taken out at once; where there are more, all are told as changed.
const FURTHEST: usize = 200;

/// One line of either text, with whatever ends it.
struct Line<'t> {
    sign: char,
    text: &'t str,
}

/// The changes from one text to another under the name of their file.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    let lines = lines(before, after);
    // A name ends with its line, or where a tab stands: one with a blank in it could not be told from a name and a date.
    let end = if name.contains(char::is_whitespace) { "\t" } else { "" };
    let mut out = format!("--- a/{name}{end}\n+++ b/{name}{end}\n");
    let changed: Vec<_> = (0..lines.len()).filter(|index| lines[*index].sign != ' ').collect();
    let mut hunks: Vec<(usize, usize)> = Vec::new();
    for at in changed {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(lines.len()));
        match hunks.last_mut().filter(|(_, last)| from <= *last) {
            Some((_, last)) => *last = to,
            None => hunks.push((from, to)),
        }
    }
    for (from, to) in hunks {
        let count = |lines: &[Line<'_>], but: char| lines.iter().filter(|line| line.sign != but).count();
        let (above, hunk) = (&lines[..from], &lines[from..to]);
        let range = |but| {
            let (before, own) = (count(above, but), count(hunk, but));
            format!("{},{own}", if own == 0 { before } else { before + 1 })
        };
        // A text takes whatever is written to it.
        let _ = writeln!(out, "@@ -{} +{} @@", range('+'), range('-'));
        for line in hunk {
            let _ = write!(out, "{}{}", line.sign, line.text);
            if !line.text.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Each line of the one text with a blank or `-`, each of the other with a blank or `+`.
fn lines<'t>(before: &'t str, after: &'t str) -> Vec<Line<'t>> {
    let [old, new]: [Vec<_>; 2] = [before, after].map(|text| text.split_inclusive('\n').collect());
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::with_capacity(old.len());
    while i < old.len() || j < new.len() {
        if i < old.len() && new.get(j) == Some(&old[i]) {
            lines.push(Line { sign: ' ', text: old[i] });
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let goes_on = |line: &&str| old[i..].iter().take(FURTHEST).position(|old| old == line);
        match new.get(j).and_then(goes_on) {
            Some(gone) => {
                lines.extend(old[i..i + gone].iter().map(|text| Line { sign: '-', text }));
                i += gone;
            }
            None => {
                lines.extend(old.get(i).map(|text| Line { sign: '-', text }));
                lines.extend(new.get(j).map(|text| Line { sign: '+', text }));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn lines_that_go_or_change_stand_among_those_around_them() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n";
        let after = "1\n3\n4\n5\n6\n7\n8\n9\n10\n11\nzwölf\n13\n";
        let told = "--- a/a\n+++ b/a\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -9,6 +8,5 @@\n 9\n 10\n 11\n-12\n+zwölf\n 13\n-14\n";
        assert_eq!(diff("a", before, after), told);
    }

    #[test]
    fn all_can_go() {
        assert_eq!(diff("a", "1\n2\n", ""), "--- a/a\n+++ b/a\n@@ -1,2 +0,0 @@\n-1\n-2\n");
    }

    #[test]
    fn what_ends_a_line_is_told_with_it() {
        let told = diff("b c", "1\r\n2\r\n3", "1\r\n3");
        assert_eq!(told, "--- a/b c\t\n+++ b/b c\t\n@@ -1,3 +1,2 @@\n 1\r\n-2\r\n 3\n\\ No newline at end of file\n");
    }
}
