//! Any text as `changegate.toml`: a configuration, or faults that can be told.
#![no_main]

use changegate::config::Config;
use changegate::report::{Human, Json, Options, Report};
use changegate::verdict::{OfRun, Tally};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(faults) = Config::parse("changegate.toml", text) {
        assert!(!faults.is_empty());
        let (of_run, tally) = (OfRun { faults, ..OfRun::default() }, Tally::default());
        let mut told = Vec::new();
        Human::new(&mut told, Options::default()).end(&of_run, &tally).expect("a vector takes it");
        Json::new(Vec::new()).end(&of_run, &tally).expect("a vector takes it");
        let obeyed = |&byte: &u8| byte < b' ' && byte != b'\n' || byte == 0x7f;
        assert!(!told.iter().any(|byte| obeyed(byte)), "{}", String::from_utf8_lossy(&told));
    }
});
