//! Lists, which GitHub tells by pages: all of them or none.

use super::Problem;
use super::wire::Wire;
use serde::de::DeserializeOwned;

/// How many entries a page has at most; the most that GitHub gives.
pub const PER_PAGE: usize = 100;

/// All entries of a list. A page ends it when it is short and GitHub names no further one; either alone does not.
pub async fn all<T: DeserializeOwned>(wire: Wire<'_>, what: &str, path: &str) -> Result<Vec<T>, Problem> {
    let mut all = Vec::new();
    for number in 1..=wire.pages {
        let page = wire.page(what, &format!("{path}?per_page={PER_PAGE}&page={number}")).await?;
        let entries: Vec<T> = serde_json::from_slice(&page.body).map_err(|error| Problem::malformed(what, error))?;
        let count = entries.len();
        if count > PER_PAGE {
            return Err(Problem::malformed(what, format!("a page has {count} entries, and {PER_PAGE} were asked for")));
        }
        all.extend(entries);
        if count < PER_PAGE && !page.next {
            return Ok(all);
        }
    }
    Err(Problem::too_many(format!("there are more than {} pages of {what}", wire.pages)))
}
