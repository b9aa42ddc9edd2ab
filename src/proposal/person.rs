//! People, by their handles on the code host.

/// The handle of a person in the one form in which equal texts are one person: without the `@`, in lower case.
///
/// ```
/// assert_eq!(changegate::proposal::handle("@Ada"), changegate::proposal::handle("ada"));
/// ```
pub fn handle(name: &str) -> String {
    name.trim_start_matches('@').to_lowercase()
}
