//! Where the JSON Schema and the reader can't agree.

use changegate::proposal::Problem;
use changegate::proposal::problem::What;
use changegate::proposal::shape::Kind;

/// Why the reader may refuse what the schema accepts; nothing may be the other way round. A document that is no strict JSON,
/// with a key twice or a whole number of more than 64 bits, gets to neither.
const DIFFERENCES: &[Difference] = &[
    Difference {
        because: "a pattern can't hold the hundreds of names of the IANA database, which changes several times a year",
        excuses: |what| matches!(what, What::Malformed { expected: Kind::Zone, .. }),
    },
    Difference {
        because: "to JSON Schema 1.0 is an integer, and the reader wants whole numbers without fraction and exponent",
        excuses: |what| match what {
            What::WrongType { expected: Kind::Count { .. } | Kind::Duration, found: "a fraction", written } => {
                written.parse::<f64>().unwrap().fract() == 0.0
            }
            _ => false,
        },
    },
    Difference {
        because: "a pattern can't add up the parts of an ISO duration, which may be a hundred years together",
        excuses: |what| match what {
            What::Malformed { expected: Kind::Duration, written } => minutes(written) > 100 * 366 * 24 * 60,
            _ => false,
        },
    },
];

struct Difference {
    #[expect(dead_code, reason = "for the reader of this list")]
    because: &'static str,
    excuses: fn(&What) -> bool,
}

pub fn is_excused(problem: &Problem) -> bool {
    DIFFERENCES.iter().any(|difference| (difference.excuses)(&problem.what))
}

/// The length of a text that has the form of an ISO duration.
fn minutes(text: &str) -> i64 {
    let mut sum = 0;
    let mut number = 0;
    for character in text.chars() {
        let worth = match character {
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            digit => {
                number = number * 10 + i64::from(digit.to_digit(10).unwrap_or_default());
                continue;
            }
        };
        sum += std::mem::take(&mut number) * worth;
    }
    sum
}
