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
    /// The sizes of steps that are critical on systems of [`Thresholds::critical_criticalities`].
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

impl Thresholds {
    /// What is otherwise than it comes, in words: `routine_sizes = ["patch"] instead of ["patch", "minor"]`. Who sets it decides
    /// what rules ask, so that every report tells it.
    pub fn changes(&self) -> Vec<String> {
        let default = Self::default();
        let all = [
            ("routine_criticalities", &self.routine_criticalities, &default.routine_criticalities),
            ("routine_sizes", &self.routine_sizes, &default.routine_sizes),
            ("critical_criticalities", &self.critical_criticalities, &default.critical_criticalities),
            ("critical_sizes", &self.critical_sizes, &default.critical_sizes),
            ("critical_reversibilities", &self.critical_reversibilities, &default.critical_reversibilities),
        ];
        let differs = |one: &[String], other: &[String]| one.iter().any(|word| !other.contains(word));
        all.into_iter()
            .filter(|(_, set, usual)| differs(set, usual) || differs(usual, set))
            .map(|(name, set, usual)| format!("{name} = {set:?} instead of {usual:?}"))
            .collect()
    }
}
