//! Names of files as addresses, in which nothing is left that could be taken for something else.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in a path as it is: the unreserved characters of RFC 3986, and the slash between the parts.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A relative reference of RFC 3986 to a file.
pub(super) fn uri(file: &str) -> String {
    let file = if cfg!(windows) { file.replace('\\', "/") } else { file.to_owned() };
    utf8_percent_encode(&file, AS_IT_IS).to_string()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn nothing_of_a_name_is_more_than_a_name() {
        assert_eq!(uri("proposals/payments-db_2~1.json"), "proposals/payments-db_2~1.json");
        assert_eq!(uri("a b/ü#?%:&.json"), "a%20b/%C3%BC%23%3F%25%3A%26.json");
        assert_eq!(uri("<stdin>\n"), "%3Cstdin%3E%0A");
    }
}
