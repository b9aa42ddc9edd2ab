//! The fenced blocks of a document.

/// One block, with what stands before it.
pub struct Block<'t> {
    /// The line of its fence, counted from 1.
    pub line: usize,
    /// What stands behind the fence.
    pub language: &'t str,
    /// The comment on the line before.
    pub mark: Option<&'t str>,
    pub lines: Vec<&'t str>,
}

impl Block<'_> {
    pub fn is_of_commands(&self) -> bool {
        matches!(self.language.split(' ').next(), Some("console" | "sh" | "diff"))
    }

    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

const MARKS: [&str; 2] = ["from: ", "not run: "];

/// All blocks of a document. One in a form that is not looked for here would be passed over, and is an error.
pub fn blocks<'t>(document: &str, text: &'t str) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    let mut before = "";
    while let Some((index, line)) = lines.next() {
        let place = format!("{document}:{}", index + 1);
        if let Some(language) = line.strip_prefix("```") {
            let mark = before.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
            let mark = mark.filter(|mark| MARKS.iter().any(|known| mark.starts_with(known)));
            let mut block = Block { line: index + 1, language, mark, lines: Vec::new() };
            loop {
                let (_, line) = lines.next().unwrap_or_else(|| panic!("{place}: the block is not closed"));
                if line == "```" {
                    break;
                }
                block.lines.push(line);
            }
            blocks.push(block);
            before = "";
            continue;
        }
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        assert!(!is_fence, "{place}: a block begins at the beginning of a line, with three backticks");
        assert!(
            !(before.is_empty() && line.starts_with("    ")),
            "{place}: a block that is only indented is not looked at"
        );
        before = line;
    }
    blocks
}

mod tests {
    use super::*;

    #[test]
    fn a_block_knows_its_mark_alone() {
        let text = "<!-- not run: it can't be -->\n```sh\na\n```\n<!-- so -->\n```text\n```\n";
        let found: Vec<_> = blocks("a page", text).into_iter().map(|block| (block.language, block.mark)).collect();
        assert_eq!(found, [("sh", Some("not run: it can't be")), ("text", None)]);
    }

    #[test]
    fn what_would_be_passed_over_is_an_error() {
        for text in ["- a\n  ```sh\n  a\n  ```\n", "~~~sh\na\n~~~\n", "a\n\n    cargo run\n", "```sh\na\n"] {
            assert!(std::panic::catch_unwind(|| blocks("a page", text)).is_err(), "{text}");
        }
    }
}
