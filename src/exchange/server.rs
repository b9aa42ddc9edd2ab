//! The address of an API.

use http::Uri;
use std::fmt::Write;

/// Where an API is. What is asked, and a token, is sent there and nowhere else.
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
    /// The API that a server has under no further path.
    pub(crate) fn https(authority: &str) -> Self {
        Self { origin: format!("https://{authority}"), base: String::new() }
    }

    /// Reads an address, as it stands in the configuration or in `GITHUB_API_URL`.
    ///
    /// # Errors
    /// What is wrong with it: lower case, no full stop. It does not repeat the address, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.trim().parse().map_err(|_| "it is no address".to_owned())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("it is no whole address: write `https://`, the server and the path".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("it holds a user or a password, and addresses are shown and recorded".to_owned());
        }
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            _ => return Err(
                "it does not begin with `https://`, and what is sent and answered could be read and changed on its way"
                    .to_owned(),
            ),
        }
        if uri.query().is_some() || text.contains('#') {
            return Err("it has a query or a fragment; name what stands before the paths of the API".to_owned());
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

    /// The address of its GraphQL API. An own server of GitHub has it beside the other, at `/api/graphql`.
    pub(super) fn graphql(&self) -> Option<Uri> {
        let base = self.base.strip_suffix("/v3").unwrap_or(&self.base);
        format!("{}{base}/graphql", self.origin).parse().ok()
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

/// Where one file is on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAddress {
    /// The server, without a path.
    pub server: Server,
    /// The path of the file, which begins with `/`.
    pub path: String,
}

impl FileAddress {
    /// Reads the address of a file.
    ///
    /// # Errors
    /// As for a [`Server`]; and when it names no file on one.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Server { origin, base: path } = Server::parse(text)?;
        if path.is_empty() {
            return Err("it names a server, and no file on it".to_owned());
        }
        Ok(Self { server: Server { origin, base: String::new() }, path })
    }

    /// The whole, as text.
    pub fn as_string(&self) -> String {
        format!("{}{}", self.server.origin, self.path)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A text as it may stand in an address.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{FileAddress, Server, encoded};

    #[test]
    fn texts_are_encoded() {
        assert_eq!(encoded("refs/heads/é&x=#1"), "refs%2Fheads%2F%C3%A9%26x%3D%231");
    }

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
    fn files_have_a_server_and_a_path() {
        let file = FileAddress::parse("https://x/feeds/kev.json").unwrap();
        assert_eq!((file.server.as_string().as_str(), file.path.as_str()), ("https://x", "/feeds/kev.json"));
        assert_eq!(file.as_string(), "https://x/feeds/kev.json");
        assert!(FileAddress::parse("https://x/").is_err() && FileAddress::parse("http://x/kev.json").is_err());
    }

    #[test]
    fn graphql_is_beside() {
        for (server, graphql) in [
            ("https://api.github.com", "https://api.github.com/graphql"),
            ("https://x/api/v3/", "https://x/api/graphql"),
        ] {
            assert_eq!(Server::parse(server).unwrap().graphql().unwrap(), graphql);
        }
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
