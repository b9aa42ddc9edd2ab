//! The formats of reports, by the names that they have on the command line.

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// What a report is written as.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// For people, with the lines that findings are about
    Human,
    /// For programs: changegate.report/v1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for lists of tests
    Junit,
    /// For a job summary, or a comment on a pull request
    Markdown,
    /// A page to look at, in one file: with the times drawn, and the text of each proposal
    Html,
    /// Annotations of GitHub Actions
    Github,
    /// The code quality report of GitLab
    Gitlab,
    /// Issues of Azure Pipelines
    Azure,
}

impl Format {
    /// The names of all, in words.
    pub fn names() -> String {
        let names: Vec<_> = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let names: Vec<_> = names.iter().map(PossibleValue::get_name).collect();
        names.split_last().map_or_else(String::new, |(last, others)| format!("{} and {last}", others.join(", ")))
    }
}
