//! What another set of rules, or another configuration, makes of proposals: each is judged by both, and the two judgements are held against
//! each other.

mod compared;
mod difference;
mod tally;

pub use compared::{Compared, Example, Judged, Otherwise, Says, compare};
pub use difference::{Besides, How, OfRule, Parameter, Urgency, besides, differences};
pub use tally::{Direction, Flip, Impact, Shift, Shifts};

use crate::document::Document;
use crate::facts::Phase;

/// The phase that a proposal has come to: what it records of its end is judged when it is closed, and what it says of being carried out before
/// that.
///
/// ```
/// use changegate::document::{Document, Limits};
/// use changegate::{facts::Phase, impact::phase_of};
/// let phase = |text: &str| phase_of(&Document::parse("p.json", text.into(), &Limits::default()).unwrap());
/// assert_eq!(phase("{}"), Phase::Plan);
/// assert_eq!(phase(r#"{ "deploy": {} }"#), Phase::Deploy);
/// assert_eq!(phase(r#"{ "deploy": {}, "record": {} }"#), Phase::Close);
/// ```
pub fn phase_of(document: &Document) -> Phase {
    if document.at("/record").is_some() {
        Phase::Close
    } else if document.at("/deploy").is_some() {
        Phase::Deploy
    } else {
        Phase::Plan
    }
}
