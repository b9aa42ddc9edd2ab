//! Blocks that are no commands: whether they can be read.

use super::block::Block;
use changegate::config::Config;
use granit_parser::Parser;
use serde_json::Value;

/// Why a block can't be what it is called.
pub fn read(block: &Block<'_>) -> Result<(), String> {
    if block.mark.is_some_and(|mark| mark.starts_with("from: ")) {
        // It is compared with its file, which has tests of its own.
        return Ok(());
    }
    let text = block.text();
    match block.language {
        "console" | "sh" | "diff" => Ok(()),
        "sh hook" if block.mark.is_some() => Ok(()),
        "toml" => Config::parse("changegate.toml", &text).map(|_| ()).map_err(|faults| format!("{faults:#?}")),
        "json" => json(&text),
        "yaml" => {
            Parser::new_from_str(&text).try_for_each(|event| event.map(|_| ())).map_err(|error| error.to_string())
        }
        "text" => match block.lines.iter().find(|line| is_command(line)) {
            Some(line) => Err(format!("`{line}` is a command, and belongs into a block of `sh` or `console`")),
            None => Ok(()),
        },
        other => Err(format!("nothing looks at blocks of `{other}`")),
    }
}

/// A whole value, or fields of an object.
fn json(text: &str) -> Result<(), String> {
    let whole = serde_json::from_str::<Value>(text);
    let fields = || serde_json::from_str::<Value>(&format!("{{{}}}", text.trim_end().trim_end_matches(',')));
    whole.or_else(|error| fields().map_err(|_| error)).map(|_| ()).map_err(|error| error.to_string())
}

fn is_command(line: &str) -> bool {
    ["$ ", "changegate ", "git ", "cargo "].iter().any(|start| line.starts_with(start))
}

mod tests {
    use super::*;

    fn refused(language: &str, line: &str) -> bool {
        read(&Block { line: 1, language, mark: None, lines: vec![line] }).is_err()
    }

    #[test]
    fn what_nothing_looks_at_is_refused() {
        assert!(
            refused("", "changegate check")
                && refused("bash", "changegate check")
                && refused("text", "changegate check")
        );
        assert!(refused("rust", "fn check(p) {}"), "a rule is an excerpt of a file that is tested");
        assert!(refused("sh hook", "true"), "a hook that is not run says where it is");
    }

    #[test]
    fn what_can_t_be_read_is_refused() {
        assert!(refused("toml", "[system]") && !refused("toml", "[systems]"));
        assert!(refused("json", "{ \"a\": }") && !refused("json", "\"a\": 1,"));
        assert!(refused("yaml", "a: [") && !refused("yaml", "a: []"));
    }
}
