//! Texts as the figures and the words that stand in them.

use super::moment;

/// A text that holds figures: without its punctuation, in small letters.
#[derive(Debug, Default)]
pub struct Written {
    pub figures: Vec<Figure>,
    /// Where a moment stands, there is a `:`.
    pub words: Vec<String>,
    /// Times of day and dates.
    pub moments: Vec<String>,
}

/// A number as it is written: its digits, and what parts them.
#[derive(Debug, Default)]
pub struct Figure {
    negative: bool,
    /// Digits between two marks; the first has none where a figure begins with its point.
    runs: Vec<String>,
    pub marks: Vec<char>,
}

/// A number, exactly: no zeros that say nothing stand before or behind its digits.
#[derive(Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Written {
    pub fn read(text: &str) -> Self {
        let letters: Vec<char> = text.to_lowercase().chars().map(plain).collect();
        let written = Self::scan(&letters, false);
        // The 3 of `m3` is no figure, unless there is no other.
        if written.figures.is_empty() { Self::scan(&letters, true) } else { written }
    }

    fn scan(letters: &[char], attached: bool) -> Self {
        let mut written = Self::default();
        let mut word = String::new();
        let mut is_letters = true;
        let mut at = 0;
        while let Some(&letter) = letters.get(at) {
            let free = word.is_empty() && (at == 0 || !letters[at - 1].is_alphanumeric());
            if free && let Some(length) = moment::length(&letters[at..]) {
                written.moments.extend(letters.get(at..at + length).map(|letters| letters.iter().collect()));
                written.words.push(":".to_owned());
                at += length;
                continue;
            }
            let joined = attached && is_letters && !word.is_empty() && letter.is_ascii_digit();
            if (free || joined)
                && let Some((figure, length)) = Figure::read(&letters[at..])
                // `a1b2` is a name, or a checksum.
                && !(joined && letters.get(at + length).is_some_and(|next| next.is_alphabetic()))
            {
                written.end(&mut word);
                // Neither a large count nor a zero is a name.
                let names =
                    !attached && length <= 5 && letter != '0' && matches!(letters[at + length..], [':', ' ', ..]);
                if figure.readings().is_empty() || names {
                    // A date, the version of something, or what the figures after it are of.
                    written.words.extend(letters.get(at..at + length).map(|letters| letters.iter().collect()));
                } else {
                    written.figures.push(figure);
                }
                at += length;
                continue;
            }
            let goes_on = matches!(letters[at..], ['.' | ',', next, ..] if next.is_ascii_digit())
                && word.ends_with(|last: char| last.is_ascii_digit());
            // The 1 of `db-1` is a part of its name.
            let named = !attached
                && matches!(letters[at..], ['-', next, ..] if next.is_ascii_digit())
                && word.ends_with(char::is_alphabetic);
            if letter.is_alphanumeric() || goes_on || named {
                is_letters = (word.is_empty() || is_letters) && letter.is_alphabetic();
                word.push(letter);
            } else {
                written.end(&mut word);
                if !letter.is_whitespace() && !".,:;'\"_".contains(letter) {
                    written.words.push(letter.into());
                }
            }
            at += 1;
        }
        written.end(&mut word);
        written
    }

    fn end(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.words.push(std::mem::take(word));
        }
    }
}

/// One letter for those that mean the same beside digits.
fn plain(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '’' => '\'',
        '\u{2013}' | '\u{2212}' => '-',
        letter => letter,
    }
}

impl Figure {
    /// The figure at the beginning of what is written, and how many letters it takes.
    fn read(letters: &[char]) -> Option<(Self, usize)> {
        let signed = matches!(letters, ['-' | '+', ..]);
        let mut figure = Self { negative: letters.first() == Some(&'-'), ..Self::default() };
        let mut at = usize::from(signed);
        loop {
            let run: String = letters[at..].iter().take_while(|letter| letter.is_ascii_digit()).collect();
            at += run.len();
            // Only a point begins a figure.
            if run.is_empty() && !matches!(letters[at..], ['.' | ',', next, ..] if next.is_ascii_digit()) {
                return None;
            }
            figure.runs.push(run);
            match letters[at..] {
                [mark @ ('.' | ',' | '\'' | '_'), next, ..] if next.is_ascii_digit() => figure.marks.push(mark),
                // A space parts two figures, unless it parts thousands.
                [' ', a, b, c, ref rest @ ..]
                    if [a, b, c].iter().all(char::is_ascii_digit)
                        && !rest.first().is_some_and(char::is_ascii_digit)
                        && figure.runs[0].len() <= 3
                        && figure.marks.iter().all(|mark| *mark == ' ') =>
                {
                    figure.marks.push(' ');
                }
                _ => return Some((figure, at)),
            }
            at += 1;
        }
    }

    /// What it may mean: with marks between thousands alone, and with the last mark as its point. None where it is no number.
    pub fn readings(&self) -> Vec<Decimal> {
        let mut readings = Vec::new();
        if is_grouped(&self.runs, &self.marks) {
            readings.push(Decimal::new(self.negative, &self.runs.concat(), ""));
        }
        if let ([whole @ .., fraction], [marks @ .., point @ ('.' | ',')]) = (&self.runs[..], &self.marks[..])
            && !marks.contains(point)
            && (marks.is_empty() || is_grouped(whole, marks))
        {
            readings.push(Decimal::new(self.negative, &whole.concat(), fraction));
        }
        readings
    }
}

/// Whether marks part thousands; in India, all above the first thousand in twos.
fn is_grouped(runs: &[String], marks: &[char]) -> bool {
    let Some((mark, others)) = marks.split_first() else { return true };
    let [first, middle @ .., last] = runs else { return false };
    let most = if middle.iter().all(|run| run.len() == 3) {
        3
    } else if *mark == ',' && middle.iter().all(|run| run.len() == 2) {
        2
    } else {
        return false;
    };
    others.iter().all(|other| other == mark)
        && last.len() == 3
        && (1..=most).contains(&first.len())
        && !first.starts_with('0')
}

impl Decimal {
    fn new(negative: bool, whole: &str, fraction: &str) -> Self {
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Self { negative: negative && !is_zero, whole: whole.to_owned(), fraction: fraction.to_owned() }
    }

    /// Whether another number differs from it by at most so many percent of it.
    pub fn is_near(&self, other: &Self, percent: f64) -> bool {
        let size = self.size();
        let room = size.abs() * percent / 100.0;
        // What lies just on the limit is within it, though few fractions are exact in binary.
        room > 0.0 && (other.size() - size).abs() <= room * (1.0 + 1e-9)
    }

    fn size(&self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}.{}", self.whole, self.fraction).parse().unwrap_or(0.0)
    }
}
