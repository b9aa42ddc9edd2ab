//! How long to wait before asking again.

use http::HeaderMap;
use jiff::Timestamp;
use std::time::Duration;

/// How long a server asks to wait: `Retry-After`, or until the rate limit is reset, by the clock of the server.
pub fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let date = || text("date").and_then(instant);
    if let Some(after) = text("retry-after") {
        if let Ok(seconds) = after.parse() {
            return Some(Duration::from_secs(seconds));
        }
        return Some(between(date()?, instant(after)?));
    }
    if text("x-ratelimit-remaining") == Some("0") {
        let reset = Timestamp::from_second(text("x-ratelimit-reset")?.parse().ok()?).ok()?;
        return Some(between(date()?, reset));
    }
    None
}

/// The longer, the more often it was tried.
pub fn backoff(pause: Duration, tries: u32) -> Duration {
    pause.saturating_mul(1 << tries.min(10))
}

/// A date in the form of HTTP: `Sat, 21 Nov 2026 18:55:42 GMT`.
fn instant(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp())
}

fn between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    }

    #[test]
    fn servers_say_how_long() {
        const DATE: (&str, &str) = ("date", "Sat, 21 Nov 2026 18:55:42 GMT");
        let reset = "1795287402"; // a minute later
        for (all, seconds) in [
            (vec![("retry-after", "7")], Some(7)),
            (vec![("retry-after", " 0 ")], Some(0)),
            (vec![DATE, ("retry-after", "Sat, 21 Nov 2026 18:55:52 GMT")], Some(10)),
            (vec![DATE, ("retry-after", "Sat, 21 Nov 2026 18:00:00 GMT")], Some(0)),
            (vec![("retry-after", "soon")], None),
            (vec![("retry-after", "-1")], None),
            (vec![DATE, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset)], Some(60)),
            (vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset)], None),
            (vec![DATE, ("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", reset)], None),
            (vec![DATE, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "99999999999999999999")], None),
            (vec![], None),
        ] {
            assert_eq!(asked(&headers(&all)), seconds.map(Duration::from_secs), "{all:?}");
        }
        assert_eq!(asked(&headers(&[("retry-after", "18446744073709551615")])), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn waits_double() {
        let pause = Duration::from_millis(500);
        assert_eq!([0, 1, 2].map(|tries| backoff(pause, tries).as_millis()), [500, 1000, 2000]);
        assert!(backoff(Duration::MAX, u32::MAX) == Duration::MAX);
    }
}
