//! Ids of advisories.

/// The databases whose records OSV gathers (its schema, "Currently supported prefixes"), by what their ids begin with; a digit follows.
const DATABASES: &[&str] = &[
    "ALBA-",
    "ALEA-",
    "ALPINE-CVE-",
    "ALSA-",
    "ASB-A-",
    "BELL-CVE-",
    "BIT-",
    "CGA-",
    "CURL-CVE-",
    "DEBIAN-CVE-",
    "DLA-",
    "DSA-",
    "DTSA-",
    "ELA-",
    "ELSA-",
    "GO-",
    "GSD-",
    "HSEC-",
    "KUBE-",
    "LBSEC-",
    "LSN-",
    "MAL-",
    "MGASA-",
    "MSRC-",
    "OESA-",
    "openSUSE-SU-",
    "OSV-",
    "PHSA-",
    "PSF-",
    "PUB-A-",
    "PYSEC-",
    "RHBA-",
    "RHEA-",
    "RHSA-",
    "RLSA-",
    "RSEC-",
    "RUSTSEC-",
    "RXSA-",
    "SUSE-SU-",
    "UBUNTU-CVE-",
    "USN-",
    "V8-",
];

/// Whether a text has the form of the id of an advisory: of CVE (`CVE-2026-41872`), of GitHub (`GHSA-9v3m-8fp8-mj99`), or of another
/// database that OSV gathers. Capitals make no difference. Whether there is one of that id is not asked.
///
/// ```
/// use changegate::proposal::is_advisory_id;
/// assert!(is_advisory_id("CVE-2021-44228") && is_advisory_id("GHSA-jfh8-c2jp-5v3q") && is_advisory_id("RUSTSEC-2024-0003"));
/// assert!(!is_advisory_id("CVE-pending") && !is_advisory_id("JIRA-17") && !is_advisory_id("GHSA-1"));
/// ```
pub fn is_advisory_id(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    if let Some(rest) = upper.strip_prefix("CVE-") {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        return rest.split_once('-').is_some_and(|(year, number)| {
            year.len() == 4 && digits(year) && (4..=19).contains(&number.len()) && digits(number)
        });
    }
    if let Some(rest) = upper.strip_prefix("GHSA-") {
        // GitHub leaves out the letters that look like others.
        let group = |group: &str| group.len() == 4 && group.bytes().all(|byte| b"23456789CFGHJMPQRVWX".contains(&byte));
        return rest.split('-').count() == 3 && rest.split('-').all(group);
    }
    DATABASES.iter().any(|start| {
        upper
            .strip_prefix(&*start.to_ascii_uppercase())
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}
