//! Who is named by the trailer `Co-authored-by` of a commit message.

use super::{Account, Person};

/// The most that are read of one message.
const MOST: usize = 100;

/// The people whom a message names: an account, where its mail is one that GitHub gives out and so tells the account.
///
/// GitHub reads trailers from the last paragraph; here any line counts, as naming more people only lets fewer approve.
pub fn coauthors(message: &str) -> Vec<Person> {
    let mut people = Vec::new();
    for line in message.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        if !key.trim().eq_ignore_ascii_case("co-authored-by") {
            continue;
        }
        let person = person(value);
        if !people.contains(&person) && people.len() < MOST {
            people.push(person);
        }
    }
    people
}

fn person(value: &str) -> Person {
    // What names no mail is kept as it is: it names somebody.
    let mail = value.rsplit_once('<').map_or(value, |(_, rest)| rest.split('>').next().unwrap_or_default()).trim();
    match noreply(mail) {
        Some(account) => Person::Account(account),
        None => Person::Mail(mail.chars().take(320).collect()),
    }
}

/// `1234+login@users.noreply.github.com`, and the same of a server of GitHub Enterprise.
fn noreply(mail: &str) -> Option<Account> {
    let (name, host) = mail.split_once('@')?;
    let (id, login) = name.split_once('+')?;
    host.to_ascii_lowercase().starts_with("users.noreply.").then_some(())?;
    Some(Account { id: id.parse().ok()?, login: login.to_owned(), kind: "User".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_in_many_ways() {
        let message = "fix: x\n\nCo-authored-by: Bo <12+bo@users.noreply.github.com>\r\nco-Authored-By : Cy <cy@example.com>\n\
                       Co-authored-by: Cy Again <cy@example.com>\nCo-authored-by: nobody\nCo-authored-by-x: D <d@x>\nCo-authored-by: E <e@x";
        let bo = Account { id: 12, login: "bo".to_owned(), kind: "User".to_owned() };
        let mail = |mail: &str| Person::Mail(mail.to_owned());
        assert_eq!(coauthors(message), [Person::Account(bo), mail("cy@example.com"), mail("nobody"), mail("e@x")]);
        assert_eq!(coauthors("Co-authored-by: <+bo@users.noreply.github.com>"), [mail("+bo@users.noreply.github.com")]);
        assert_eq!(coauthors("Co-authored-by:"), [mail("")]);
        assert!(coauthors(&"x".repeat(1 << 20)).is_empty());
        let many: String = (0..100_000).map(|i| format!("Co-authored-by: <{i}@x>\n")).collect();
        assert_eq!(coauthors(&many).len(), MOST);
    }
}
