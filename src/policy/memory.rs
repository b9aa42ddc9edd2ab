//! How much memory the process holds, where the system tells.

/// In bytes. Only Linux tells without code that is not safe; elsewhere the limits on operations and sizes have to do.
pub fn held() -> Option<usize> {
    let status =
        if cfg!(target_os = "linux") { std::fs::read_to_string("/proc/self/status").ok()? } else { return None };
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok().map(|kib| kib << 10)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn a_test_holds_some_megabytes() {
        let held = super::held().expect("Linux tells");
        assert!((1 << 20..8 << 30).contains(&held), "{held}");
    }
}
