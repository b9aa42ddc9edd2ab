//! Where one scale of upgrades ends and the next begins.

/// Where one scale ends and the next begins; `[scale]` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// The criticalities of systems whose upgrades may be routine.
    pub routine_criticalities: Vec<String>,
    /// The sizes of steps that may be routine.
    pub routine_sizes: Vec<String>,
    /// The criticalities of systems on which a step of [`Thresholds::critical_sizes`] is critical.
    pub critical_criticalities: Vec<String>,
    pub critical_sizes: Vec<String>,
    /// What can't be taken back is critical on any system.
    pub critical_reversibilities: Vec<String>,
}

impl Default for Thresholds {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            routine_criticalities: words(&["low", "moderate"]),
            routine_sizes: words(&["patch", "minor"]),
            critical_criticalities: words(&["high"]),
            critical_sizes: words(&["major", "replacement"]),
            critical_reversibilities: words(&["irreversible"]),
        }
    }
}
