//! What is told of each proposal under the verdict: of much the first, and how much there is.

/// So many are listed; a fleet may have thousands, and its report for programs has them all.
const MOST: usize = 20;

#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Each with the file that it is of.
    first: Vec<(String, String)>,
    all: usize,
}

impl Listed {
    /// Adds what is told of one proposal, whose file is ready to be printed.
    pub(super) fn extend(&mut self, file: &str, texts: impl ExactSizeIterator<Item = String>) {
        self.all += texts.len();
        let room = MOST.saturating_sub(self.first.len());
        self.first.extend(texts.take(room).map(|text| (text, file.to_owned())));
    }

    /// Of which file needs saying only where there are several proposals.
    pub(super) fn rows(&self, proposals: usize) -> Vec<String> {
        let told =
            |(text, file): &(String, String)| if proposals == 1 { text.clone() } else { format!("{text} {file}") };
        let mut rows: Vec<String> = self.first.iter().map(told).collect();
        if self.all > rows.len() {
            rows.push(format!("and {} more; `--report json=FILE` has them all", self.all - rows.len()));
        }
        rows
    }
}
