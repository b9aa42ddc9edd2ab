//! The address of the API: that of GitHub, or of a server of GitHub Enterprise.

use http::Uri;

/// Where the API is. A token is sent there and nowhere else.
///
/// ```
/// use changegate::github::Server;
/// assert!(Server::parse("https://github.example.com/api/v3/").is_ok());
/// assert!(Server::parse("http://github.example.com/api/v3").is_err()); // the token could be read on the way
/// assert!(Server::parse("http://127.0.0.1:8080").is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Scheme and authority: `https://api.github.com`.
    origin: String,
    /// What stands before all paths, without a slash at its end: `/api/v3`.
    base: String,
}

impl Server {
    /// The API of github.com.
    pub fn github() -> Self {
        Self { origin: "https://api.github.com".to_owned(), base: String::new() }
    }

    /// Reads an address, as it stands in `GITHUB_API_URL`.
    ///
    /// # Errors
    /// What is wrong with it: lower case, no full stop. It does not repeat the address, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.trim().parse().map_err(|_| "it is no address".to_owned())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("it is no whole address: write `https://`, the server and the path".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("it holds a user or a password: a token comes from the environment".to_owned());
        }
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            _ => return Err("it does not begin with `https://`, and the token could be read on its way".to_owned()),
        }
        if uri.query().is_some() || text.contains('#') {
            return Err("it has a query or a fragment; name the path that stands before `/repos`".to_owned());
        }
        let base = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { origin: format!("{scheme}://{authority}"), base })
    }

    /// Origin and base, as text.
    pub fn as_string(&self) -> String {
        format!("{}{}", self.origin, self.base)
    }

    /// The address of a path of the API, which begins with `/`.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        format!("{}{}{path}", self.origin, self.base).parse().ok()
    }

    /// The address that a redirect leads to, if it is one of this server.
    pub(super) fn own(&self, location: &str) -> Option<Uri> {
        let uri = if location.starts_with('/') && !location.starts_with("//") {
            format!("{}{location}", self.origin).parse().ok()?
        } else {
            location.parse::<Uri>().ok()?
        };
        let origin = format!("{}://{}", uri.scheme_str()?, uri.authority()?);
        let below = uri.path().strip_prefix(&self.base)?.starts_with('/');
        (origin.eq_ignore_ascii_case(&self.origin) && below).then_some(uri)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Server;

    #[test]
    fn addresses_are_whole_and_safe() {
        for wrong in [
            "",
            "github.example.com",
            "/api/v3",
            "ftp://x",
            "http://github.example.com",
            "http://127.0.0.1.example.com",
            "https://me:secret@github.example.com",
            "https://x/?a=b",
            "https://x/#a",
        ] {
            assert!(Server::parse(wrong).is_err(), "{wrong}");
        }
        assert!(!Server::parse("https://me:secret@x").unwrap_err().contains("secret"));
        assert_eq!(Server::parse(" https://x/api/v3// \n").unwrap().as_string(), "https://x/api/v3");
        assert_eq!(Server::parse("http://[::1]:9/").unwrap().as_string(), "http://[::1]:9");
    }

    #[test]
    fn redirects_stay_at_home() {
        let server = Server::parse("https://x/api/v3").unwrap();
        for own in ["/api/v3/repositories/1", "https://x/api/v3/a?b=c", "https://X/api/v3/a"] {
            assert!(server.own(own).is_some(), "{own}");
        }
        for other in [
            "http://x/api/v3/a",
            "https://y/api/v3/a",
            "https://x:8/api/v3/a",
            "//y/api/v3/a",
            "/login",
            "/api/v33",
            "",
            "\n",
            "https://x@y/api/v3/a",
        ] {
            assert!(server.own(other).is_none(), "{other}");
        }
    }
}
