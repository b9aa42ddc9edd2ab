//! What gives access has no place in a report or a record: lines of lockfiles and of workflows hold addresses with passwords, and tokens.

mod addresses;
mod named;

use addresses::{in_addresses, users_without_a_scheme};
use named::named;
use std::ops::Range;

/// What stands in place of what gives access.
const MASK: &str = "***";

/// What tokens of well-known services begin with, whatever they are called.
const FORMS: &[&str] = &[
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "npm_",
    "pypi-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "ASIA",
    "AIza",
    "dckr_pat_",
    "hf_",
    "sk_live_",
];

/// So many characters follow at least: what is shorter is a name that begins alike.
const LEAST_OF_A_TOKEN: usize = 16;

/// A text without what gives access to what it names: users and passwords of addresses, the values of their parameters, what is called a
/// token, a password or a key, and tokens of well-known services.
///
/// ```
/// use changegate::secrets::without_secrets;
/// assert_eq!(without_secrets("from https://me:s3cret@host/a?token=x&rev=1"), "from https://***@host/a?token=***&rev=1");
/// assert_eq!(without_secrets("//host/:_authToken=x y"), "//host/:_authToken=*** y");
/// assert_eq!(without_secrets("https://host/a?token=&b"), "https://host/a?token=&***");
/// assert_eq!(without_secrets("git+ssh://git@host/a.git"), "git+ssh://git@host/a.git");
/// ```
pub fn without_secrets(text: &str) -> String {
    let mut found = in_addresses(text);
    found.extend(users_without_a_scheme(text));
    found.extend(named(text));
    found.extend(formed(text));
    found.extend(signed(text));
    found.retain(|range| !range.is_empty());
    found.sort_by_key(|range| (range.start, range.end));
    let (mut masked, mut end) = (String::with_capacity(text.len()), 0);
    for range in found {
        if range.start >= end {
            masked.push_str(text.get(end..range.start).unwrap_or_default());
            masked.push_str(MASK);
        }
        end = end.max(range.end);
    }
    masked.push_str(text.get(end..).unwrap_or_default());
    masked
}

/// Tokens that are known by their form.
fn formed(text: &str) -> Vec<Range<usize>> {
    let is_of_a_token = |found: char| found.is_ascii_alphanumeric() || "_-".contains(found);
    let mut found = Vec::new();
    for form in FORMS {
        // Where the characters of a token end, and the last digit before: many that begin may end together.
        let (mut end, mut digit) = (0, None);
        for (start, form) in text.match_indices(form) {
            let after = start + form.len();
            if after >= end {
                let rest = text.get(after..).unwrap_or_default();
                end = after + rest.find(|found| !is_of_a_token(found)).unwrap_or(rest.len());
                let token = text.get(after..end).unwrap_or_default();
                digit = token.rfind(|found: char| found.is_ascii_digit()).map(|at| after + at);
            }
            let inside = text.get(..start).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()));
            if end - after >= LEAST_OF_A_TOKEN && digit >= Some(after) && !inside {
                found.push(start..end);
            }
        }
    }
    found
}

/// Web tokens: three parts with a dot between them, the first of which is the beginning of an object in base64.
fn signed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for (start, _) in text.match_indices("eyJ") {
        if start < end {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let is_end = |found: char| !(found.is_ascii_alphanumeric() || "_-.".contains(found));
        end = start + rest.find(is_end).unwrap_or(rest.len());
        if text.get(start..end).is_some_and(|token| token.len() > LEAST_OF_A_TOKEN && token.matches('.').count() >= 2) {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn what_gives_access_is_masked_wherever_it_stands() {
        for (text, masked) in [
            ("\"resolved\": \"https://u:p@host/a.tgz\",", "\"resolved\": \"https://***@host/a.tgz\","),
            ("https://s3cret@host", "https://***@host"),
            ("https://u:p@ss@host/x", "https://***@host/x"),
            ("ssh://git:s3cret@host/x", "ssh://git:***@host/x"),
            ("git@host:a/b.git", "git@host:a/b.git"),
            ("https://host/a?X-Amz-Signature=abc&branch=main#c", "https://host/a?X-Amz-Signature=***&branch=main#c"),
            ("https://host/a?s3cret", "https://host/a?***"),
            ("git+https://github.com/a/b?rev=1#2", "git+https://github.com/a/b?rev=1#2"),
            ("https://host/a/@scope/b", "https://host/a/@scope/b"),
            (
                "--index-url https://a:b@x/ --extra-index-url https://c:d@y/",
                "--index-url https://***@x/ --extra-index-url https://***@y/",
            ),
            ("FROM u:s3cret@reg/x:1", "FROM ***@reg/x:1"),
            ("FROM u:s3:c@r/et@${REG}/x AS a", "FROM ***@${REG}/x AS a"),
            ("FROM reg:5000/a/b:1@sha256:a1/", "FROM reg:5000/a/b:1@sha256:a1/"),
            ("FROM a:1@sha256:a1/", "FROM a:1@sha256:a1/"),
            ("\"npm:a@1.0.0\" \"npm:@s/a@1.0.0\"", "\"npm:a@1.0.0\" \"npm:@s/a@1.0.0\""),
            ("git@host:a/b", "git@host:a/b"),
            ("- uses: a/b@releases/v1", "- uses: a/b@releases/v1"),
            ("https://host/a?path=s3cret&head=s3cret", "https://host/a?path=***&head=***"),
            ("_authToken = \"abc\"", "_authToken = \"***\""),
            ("npm_password: abc, x", "npm_password: ***, x"),
            ("https://host/a#access_token=abc", "https://host/a#access_token=***"),
            (
                "\"node_modules/authority\": { \"version\": \"1.0.0\" }",
                "\"node_modules/authority\": { \"version\": \"1.0.0\" }",
            ),
            ("google-auth==2.29.0", "google-auth==2.29.0"),
            ("google_auth==2.29.0", "google_auth==2.29.0"),
            ("\"http-auth\": \"1.0\"", "\"http-auth\": \"1.0\""),
            ("DEPLOY_TOKEN: \"ghp_abc\"", "DEPLOY_TOKEN: \"***\""),
            ("password: 'two words', x", "password: '***', x"),
            ("token: '', user: 'x'", "token: '', user: 'x'"),
            ("echo \"TOKEN=\\\"abc\\\"\"", "echo \"TOKEN=\\\"***\"\""),
            ("-H 'Authorization: Bearer abc.def' https://x", "-H 'Authorization: Bearer ***' https://x"),
            ("Authorization: \"token abc\"", "Authorization: \"token ***\""),
            ("run: push ghp_0123456789abcdefABCD --all", "run: push *** --all"),
            ("key: AKIA0123456789ABCDEF", "key: ***"),
            ("npm_config_registry_of_ours npm_run", "npm_config_registry_of_ours npm_run"),
            ("GH_TOKEN: ${{ secrets.GH_TOKEN }}", "GH_TOKEN: ${{ secrets.GH_TOKEN }}"),
            ("permissions: { id-token: write }", "permissions: { id-token: write }"),
            ("no secrets: here", "no secrets: here"),
            ("https://h/a?ref=https://i/?sig=s3cret#b", "https://h/a?ref=https://i/?sig=***#b"),
            ("https://h/a#b?sig=s3cret", "https://h/a#b?sig=***"),
            ("xghp_ghp_0123456789abcdefABCD", "xghp_***"),
            ("clientSecret: \"hunter2abc\", dbPassword: \"p4ss\"", "clientSecret: \"***\", dbPassword: \"***\""),
            ("accessToken=abc APIKey=abc", "accessToken=*** APIKey=***"),
            ("API-KEY: abc", "API-KEY: ***"),
            ("-H 'PRIVATE-TOKEN: abc'", "-H 'PRIVATE-TOKEN: ***'"),
            ("curl -H X-Api-Key:abc", "curl -H X-Api-Key:***"),
            ("login --password abc --user x", "login --password *** --user x"),
            ("login --password-stdin x --no-token --user x", "login --password-stdin x --no-token --user x"),
            ("a token b, my-token c", "a token b, my-token c"),
            ("PGPASSWORD=abc; password := abc", "PGPASSWORD=***; password := ***"),
            ("spring.datasource.password=abc AccountKey=abc;", "spring.datasource.password=*** AccountKey=***;"),
            ("{\\\"token\\\": \\\"abc\\\"}", "{\\\"token\\\": \\\"***\"}"),
            ("push dckr_pat_0123456789abcdefABCD", "push ***"),
            ("hf_0123456789abcdefABCD ASIA0123456789ABCDEF", "*** ***"),
            ("AIza0123456789abcdefABCD", "***"),
            ("jwt eyJhbGciOi.eyJzdWIi.c2ln-x, eyJ.x", "jwt ***, eyJ.x"),
            ("http-auth: 1.2", "http-auth: 1.2"),
            ("registry-auth-token: 4.2.1(a@1.0)", "registry-auth-token: 4.2.1(a@1.0)"),
            ("\"@a/auth-token\": \"^7.2 || ^8.0\"", "\"@a/auth-token\": \"^7.2 || ^8.0\""),
            ("\"csrf-token\": \"workspace:*\"", "\"csrf-token\": \"workspace:*\""),
            ("\"node_modules/auth-token\": {", "\"node_modules/auth-token\": {"),
            ("com.google.auth:google-auth:1.0=a", "com.google.auth:google-auth:1.0=a"),
            ("software.amazon:auth:2.20.1=a", "software.amazon:auth:2.20.1=a"),
            ("jsonwebtoken: abc, js-tokens: abc", "jsonwebtoken: abc, js-tokens: abc"),
            ("secrets: inherit", "secrets: inherit"),
            ("https://dl.cloudsmith.io/aBcDeF/acme/x/a.tgz", "https://dl.cloudsmith.io/***/acme/x/a.tgz"),
            ("https://me:x@dl.cloudsmith.io/aBcDeF/acme", "https://***@dl.cloudsmith.io/***/acme"),
            ("https://dl.cloudsmith.io/public/acme/x", "https://dl.cloudsmith.io/public/acme/x"),
            ("https://npm-proxy.fury.io/a1B2c3D4e5F6g7H8i9J0/acme/", "https://npm-proxy.fury.io/***/acme/"),
            ("https://pypi.fury.io/acme/x", "https://pypi.fury.io/acme/x"),
            ("https://packagecloud.io/0123456789abcdef0123456789abcdef/acme/x", "https://packagecloud.io/***/acme/x"),
            (
                "https://packagecloud.io/priv/0123456789abcdef0123456789abcdef/acme",
                "https://packagecloud.io/priv/***/acme",
            ),
            ("https://packagecloud.io/acme-company-2026/x", "https://packagecloud.io/acme-company-2026/x"),
            ("https://bo%3As3cret%40host/", "https://***%40host/"),
            ("https://host/a%40b", "https://host/a%40b"),
            ("s3crets3crets3cret@github.com:acme/x.git", "***@github.com:acme/x.git"),
            ("a-package-of-ours-2@npm:1.0.0", "a-package-of-ours-2@npm:1.0.0"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(text), masked, "{text}");
        }
    }

    #[test]
    fn what_is_long_is_looked_through_once() {
        for word in [
            "a://",
            "a://?",
            "a&",
            "#?",
            "token=",
            "token:",
            "token=\"",
            "token: ",
            "ghp_",
            "xghp_1",
            "eyJ",
            "eyJ.",
            "a@",
            "a:b@",
            "=",
            " ",
            "\"",
            "\\",
            "--token ",
            "--token",
            "aB",
            "a%40",
            "a@a.a:",
            "a://dl.cloudsmith.io/a/",
            "a://packagecloud.io/",
        ] {
            for start in ["", "a://b?token="] {
                // What costs the square of its length would be here for hours.
                let _ = without_secrets(&format!("{start}{}", word.repeat(200_000 / word.len())));
            }
        }
    }
}
