//! The token, which no output ever shows.

use super::Problem;
use std::fmt;

/// By what GitHub knows us. It can't be shown: neither `Debug` nor an error has it.
///
/// ```
/// let token = changegate::github::Token::new("ghp_secret\n").expect("a token");
/// assert_eq!(format!("{token:?}"), "Token(***)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it stands in a variable or a file; white space around it does not belong to it.
    ///
    /// # Errors
    /// `evidence/github-unauthorized` for what can't be sent as one: nothing, or other than visible ASCII.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let visible = |byte: u8| byte.is_ascii_graphic();
        if text.is_empty() || text.len() > 4096 || !text.bytes().all(visible) {
            return Err(Problem::new(
                "evidence/github-unauthorized",
                "the token for GitHub is empty or has characters that no token has",
                "see how it gets into the environment; a line break or quotes may have been put in",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// A text in which the token does not stand.
    pub(super) fn kept_out_of(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}
