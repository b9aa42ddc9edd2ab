//! The picture in README.md: what `changegate check` prints on a terminal, drawn as SVG; and a drawing of the page. Run with `UPDATE=1` to draw them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use anstyle_svg::Term;
use std::fs;
use std::process::Command;

const PICTURE: &str = "docs/blocked.svg";
const COMMAND: &str = "changegate check --now 2026-11-21T12:00:00Z examples/blocked.json";

/// A picture is looked at whole: of a longer report it shows this many lines of the beginning, and the end.
const MOST_LINES: usize = 44;

/// The drawing of a window in docs/reports.md, as it stands in the page.
const DRAWING: &str = "docs/window.svg";
const PAGE: &str = "changegate check --format html --now 2026-11-21T12:00:00Z --config examples/calendars/changegate.toml examples/blocked.json";

#[test]
fn the_drawing_is_that_of_the_page() {
    let output = Command::new(env!("CARGO_BIN_EXE_changegate")).args(PAGE.split(' ').skip(1)).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    let drawn = drawing(&page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(DRAWING, &drawn).unwrap();
    }
    let kept = fs::read_to_string(DRAWING).unwrap_or_default();
    assert!(kept == drawn, "{DRAWING} is not what is drawn; look at it after `UPDATE=1 cargo test --test picture`");
}

/// The first drawing of a page with those parts of its style that are about drawings.
fn drawing(page: &str) -> String {
    let between = |from: &str, to: &str| {
        let start = page.find(from).unwrap() + from.len();
        &page[start..start + page[start..].find(to).unwrap()]
    };
    let style = between("<style>", "</style>");
    let colours = &style[..style.find("* { box-sizing").unwrap()];
    let rules = style.lines().filter(|line| line.starts_with(".drawing ") || line.starts_with("#hatch"));
    let rules: Vec<_> = rules.filter(|line| !line.starts_with(".drawing svg")).collect();
    let svg = between("<div class=\"drawing\"", "</svg>");
    let (head, body) = svg[svg.find("<svg").unwrap() + 4..].split_once('>').unwrap();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\"{head} font-family=\"sans-serif\" font-size=\"11\">\n<style>\n{colours}{}\n</style>\n<defs>{}</defs>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" style=\"fill: var(--sheet)\"/>\n{}\n</svg>\n",
        rules.join("\n"),
        ["<pattern id=\"hatch\"", between("<pattern id=\"hatch\"", "</pattern>"), "</pattern>"].concat(),
        body.replace("/><", "/>\n<").replace("</text><", "</text>\n<"),
    )
}

#[test]
fn the_picture_shows_what_is_printed() {
    let drawn = Term::new().palette(anstyle_svg::WIN10_CONSOLE).render_svg(&picture(&printed())) + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(PICTURE, &drawn).unwrap();
    }
    let kept = fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(kept == drawn, "{PICTURE} is not what is printed; look at it after `UPDATE=1 cargo test --test picture`");
}

/// What the command prints in colour.
fn printed() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(COMMAND.split(' ').skip(1))
        .args(["--color", "always"])
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn picture(printed: &str) -> String {
    let lines: Vec<_> = printed.lines().collect();
    let summary = lines.iter().rposition(|line| line.contains("BLOCKED")).expect("a summary");
    let end = &lines[summary.saturating_sub(1)..];
    let mut shown = vec![format!("\u{1b}[2m$\u{1b}[0m {COMMAND}")];
    if lines.len() <= MOST_LINES {
        shown.extend(lines.iter().map(|line| (*line).to_owned()));
    } else {
        let findings = &lines[..summary];
        // Cut between two findings, where a line is empty.
        let room = MOST_LINES - end.len();
        let cut = findings[..room].iter().rposition(|line| line.is_empty()).unwrap_or(room);
        shown.extend(findings[..cut].iter().map(|line| (*line).to_owned()));
        shown.push(format!("\n\u{1b}[2m… {} more lines …\u{1b}[0m", summary - cut));
        shown.extend(end.iter().map(|line| (*line).to_owned()));
    }
    shown.join("\n")
}
