//! The way to GitHub: what it answers, or why it does not, in words about GitHub.

use super::Problem;
use crate::exchange::{self, Page};
use serde::de::DeserializeOwned;

/// The way to GitHub.
#[derive(Debug, Clone, Copy)]
pub struct Wire<'a> {
    pub over: &'a exchange::Wire,
    /// The most pages that are read of one list.
    pub pages: u32,
}

impl Wire<'_> {
    /// Reads what stands under a path of the API, as JSON.
    pub async fn get<T: DeserializeOwned>(&self, what: &str, path: &str) -> Result<T, Problem> {
        let page = self.page(what, path).await?;
        serde_json::from_slice(&page.body).map_err(|error| Problem::malformed(what, error))
    }

    /// Reads what stands under a path of the API. It is asked again as long as there is hope and patience.
    pub async fn page(&self, what: &str, path: &str) -> Result<Page, Problem> {
        self.over.page(what, path).await.map_err(Problem::from)
    }
}
