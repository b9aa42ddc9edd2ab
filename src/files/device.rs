//! Names that are files on one system and none on another.

/// Whether a name is that of a device on Windows, in any letters and with any extension: what is called so can't be written or checked
/// out there.
///
/// ```
/// use changegate::files::is_device;
/// assert!(is_device("con") && is_device("Aux.json") && is_device("lpt1"));
/// assert!(!is_device("console") && !is_device("com0"));
/// ```
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || ["com", "lpt"].into_iter().any(is_numbered)
}
