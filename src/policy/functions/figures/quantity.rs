//! One number with its unit, as people write it.

/// A text that holds one number, and at most one word beside it.
#[derive(Debug)]
pub struct Quantity {
    pub figure: Figure,
    /// In small letters; empty where there is none.
    pub unit: String,
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

impl Quantity {
    /// `48,211,904 rows`, `EUR 100.00`, `99.9 %`, `7`. None of a text that holds anything else.
    pub fn read(text: &str) -> Option<Self> {
        let letters: Vec<char> = text.trim().to_lowercase().chars().map(plain).collect();
        if let Some((figure, length)) = Figure::read(&letters) {
            return Self::of(figure, &letters[length..]);
        }
        let unit = letters.iter().take_while(|letter| is_of_unit(**letter)).count();
        let space = usize::from(letters.get(unit) == Some(&' '));
        let (figure, length) = Figure::read(&letters[unit + space..])?;
        if unit + space + length < letters.len() {
            return None;
        }
        Self::of(figure, &letters[..unit])
    }

    fn of(figure: Figure, unit: &[char]) -> Option<Self> {
        let unit = unit.strip_prefix(&[' ']).unwrap_or(unit);
        // As in `m3`.
        let name = unit.iter().rposition(|letter| !letter.is_ascii_digit()).map_or(0, |last| last + 1);
        let sound = unit.is_empty() || name > 0 && unit[..name].iter().all(|letter| is_of_unit(*letter));
        (sound && !figure.readings().is_empty()).then(|| Self { figure, unit: unit.iter().collect() })
    }
}

fn is_of_unit(letter: char) -> bool {
    letter.is_alphabetic() || "%‰$€£¥°²³".contains(letter)
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

    /// What it means where nothing has a fraction: its marks part thousands, if they can.
    pub fn counted(&self) -> Vec<Decimal> {
        let mut readings = self.readings();
        readings.truncate(1);
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
