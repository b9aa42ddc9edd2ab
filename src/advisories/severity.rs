//! How bad a vulnerability is: vectors of CVSS 2, 3.0, 3.1 and 4.0, scored, and words where there are none.
//!
//! Of versions 2 and 3 the base score counts, whatever else a vector says: time and place are not the advisory's to judge. Version 4 has one score,
//! made of all that its vector says.

use super::affected::entries;
use super::record::{Record, Severity};
use crate::versions::Ecosystem;
use cvss::Cvss;

/// The bands of CVSS 3 and 4 as FIRST names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 0.0.
    None,
    /// 0.1 to 3.9; of CVSS 2 from 0.0 on.
    Low,
    /// 4.0 to 6.9.
    Medium,
    /// 7.0 to 8.9; of CVSS 2 up to 10.0, which has nothing above it.
    High,
    /// 9.0 to 10.0.
    Critical,
}

impl Level {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The level that a database means by a word: GitHub has `MODERATE` for medium, Ubuntu `negligible` below low.
    ///
    /// ```
    /// use changegate::advisories::Level;
    /// assert_eq!(Level::of_word("MODERATE"), Some(Level::Medium));
    /// assert_eq!(Level::of_word("dreadful"), None);
    /// ```
    pub fn of_word(word: &str) -> Option<Self> {
        let is = |known: &&str| word.eq_ignore_ascii_case(known);
        let words: [(&[&str], Self); 5] = [
            (&["none"], Self::None),
            (&["low", "negligible"], Self::Low),
            (&["medium", "moderate"], Self::Medium),
            (&["high", "important"], Self::High),
            (&["critical"], Self::Critical),
        ];
        words.into_iter().find(|(known, _)| known.iter().any(is)).map(|(_, level)| level)
    }
}

/// The severity of a vulnerability, and what it was read off.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rating<'r> {
    /// The highest of all vectors; of words where no vector can be read. Nothing where there is neither.
    pub level: Option<Level>,
    /// The score of that vector, 0.0 to 10.0; nothing where a word decided.
    pub score: Option<f64>,
    /// That vector, or that word, as written.
    pub by: Option<&'r str>,
    /// What claims to be a severity and can't be read, as written.
    pub unread: Vec<&'r str>,
}

impl Record {
    /// The severity over all packages.
    pub fn rating(&self) -> Rating<'_> {
        let all = self.affected.iter().flat_map(|entry| &entry.severity);
        rate(self.severity.iter().chain(all), self.severity_word.as_deref())
    }

    /// The severity for one package: that of the record, and what the record says of this package alone.
    pub fn rating_for(&self, ecosystem: Ecosystem<'_>, package: &str) -> Rating<'_> {
        let own = entries(self, ecosystem, package).flat_map(|(entry, _)| &entry.severity);
        rate(self.severity.iter().chain(own), self.severity_word.as_deref())
    }

    /// All vectors that it has, each once, that can be read: databases score one weakness by several versions of CVSS.
    pub fn vectors(&self) -> Vec<&str> {
        let all = self.affected.iter().flat_map(|entry| &entry.severity);
        let mut vectors: Vec<&str> = Vec::new();
        for severity in self.severity.iter().chain(all) {
            let vector = severity.score.as_str();
            if !vectors.contains(&vector) && score(vector).is_some() {
                vectors.push(vector);
            }
        }
        vectors
    }
}

fn rate<'r>(severities: impl Iterator<Item = &'r Severity>, word: Option<&'r str>) -> Rating<'r> {
    let (mut rating, mut worded) = (Rating::default(), Rating::default());
    for severity in severities {
        let text = severity.score.as_str();
        if let Some((level, score)) = score(text) {
            let higher = (Some(level), Some(score)) > (rating.level, rating.score);
            if higher {
                (rating.level, rating.score, rating.by) = (Some(level), Some(score), Some(text));
            }
        } else if let Some(level) = Level::of_word(text).filter(|_| !severity.method.starts_with("CVSS")) {
            say(&mut worded, level, text);
        } else {
            rating.unread.push(text);
        }
    }
    if let Some((word, level)) = word.and_then(|word| Some((word, Level::of_word(word)?))) {
        say(&mut worded, level, word);
    }
    if rating.level.is_none() {
        return Rating { unread: rating.unread, ..worded };
    }
    rating
}

fn say<'r>(worded: &mut Rating<'r>, level: Level, word: &'r str) {
    if Some(level) > worded.level {
        (worded.level, worded.by) = (Some(level), Some(word));
    }
}

/// How long a vector may be. One with all metrics of CVSS 4.0 has some 220 bytes.
const LONGEST: usize = 512;

/// A vector's level and score; nothing where it can't be read.
///
/// ```
/// use changegate::advisories::{Level, score};
/// assert_eq!(score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), Some((Level::Critical, 9.8)));
/// assert_eq!(score("CVSS:3.1/AV:N"), None);
/// ```
pub fn score(vector: &str) -> Option<(Level, f64)> {
    let cvss: Cvss = Some(vector).filter(|vector| vector.len() <= LONGEST && is_whole(vector))?.parse().ok()?;
    let level = match cvss.severity() {
        cvss::Severity::None => Level::None,
        cvss::Severity::Low => Level::Low,
        cvss::Severity::Medium => Level::Medium,
        cvss::Severity::High => Level::High,
        cvss::Severity::Critical => Level::Critical,
    };
    Some((level, cvss.score()))
}

/// Whether a vector has all base metrics of its version. The parser takes one that lacks some for one that scores nothing.
fn is_whole(vector: &str) -> bool {
    let base: &[&str] = if vector.starts_with("CVSS:3") {
        &["AV", "AC", "PR", "UI", "S", "C", "I", "A"]
    } else if vector.starts_with("CVSS:4") {
        &["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"]
    } else {
        &["AV", "AC", "Au", "C", "I", "A"]
    };
    let has =
        |metric: &&str| vector.split('/').any(|part| part.split_once(':').is_some_and(|(name, _)| name == *metric));
    base.iter().all(has)
}

#[cfg(test)]
mod tests {
    use super::score;

    /// Of a whole vector no metric can be left out.
    #[test]
    fn half_a_vector_scores_nothing_at_all() {
        for whole in [
            "AV:N/AC:L/Au:N/C:C/I:C/A:C",
            "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
        ] {
            assert!(score(whole).is_some(), "{whole}");
            let parts: Vec<_> = whole.split('/').collect();
            for left_out in 0..parts.len() {
                let half: Vec<_> =
                    parts.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, part)| *part).collect();
                assert_eq!(score(&half.join("/")), None, "{whole} without {}", parts[left_out]);
            }
        }
    }
}
