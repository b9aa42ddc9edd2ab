//! Makes every kind of request that the gate sends to GitHub, to the server that is named: `tests/e2e/prism/run` lets one answer that knows
//! GitHub's own description.

use changegate::github::{Accounts, Client, Membership, Server, Settings, Token, opinions};
use changegate::publish::{Branch, Commented, check, comment, of_branch, pull};
use changegate::report::Told;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("name the address of a server")?;
    let settings = Settings { server: Server::parse(&url)?, token: Some(Token::new("ghp_none")?), ..Settings::new() };
    let client = Client::new(settings);

    let accounts = Accounts::default();
    let gathered = client.gather("octocat/Hello-World", 1347, &accounts)?;
    assert_eq!((gathered.reviews.len(), gathered.commits.len(), gathered.files.len()), (1, 1, 1));
    client.unmoved(&gathered)?;
    assert_eq!(client.tip("octocat/Hello-World", "main")?.len(), 40);
    assert_eq!(client.landing("octocat/Hello-World", "e5bd3914e2e596debea16f433f57875b5b90bcd6", None)?, 1347);
    assert!(!client.announcement("octocat/Hello-World", 1347)?.title.is_empty());
    let opinions = opinions(&gathered, &accounts);
    assert_eq!((opinions.each.len(), opinions.approvals().count()), (1, 0), "octocat reviews what octocat has made");

    assert_eq!(client.membership("acme/dba", "octocat")?, Membership::Active);
    assert_eq!(client.membership("acme/dba", "stranger")?, Membership::None);
    assert_eq!(client.permission("octocat/Hello-World", "octocat", 1)?.permission, "admin");
    assert!(!client.permission("octocat/Hello-World", "stranger", 1)?.writes);
    writes(&client)
}

/// All that is written.
fn writes(client: &Client) -> Result<(), Box<dyn Error>> {
    let repository = "octocat/Hello-World";
    let head = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    let report = std::env::args().nth(2).ok_or("name a report")?;
    let told = Told::parse(&std::fs::read_to_string(report)?)?;
    assert_eq!(pull(client, repository, 1347)?.head, head);
    let branch = Branch { owner: "octocat".to_owned(), name: "new-topic".to_owned(), head: head.to_owned() };
    assert_eq!(of_branch(client, repository, &branch)?.number, 1347);
    assert_eq!(comment(client, repository, 1347, &told, None)?, Commented::Renewed);
    assert_eq!(comment(client, repository, 1347, &told, Some("db"))?, Commented::Made);
    assert!(check(client, repository, head, &told, None)? > 50);
    Ok(())
}
