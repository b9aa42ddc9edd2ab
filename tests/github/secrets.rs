//! The token is in no output, whatever a server does with it.

use super::server::Answer;
use super::world::{PULL, TOKEN, World, client, settings};
use changegate::github::{Accounts, Client, Settings, Token};

/// Nothing of what can be shown of it has the token.
fn silent(shown: &impl std::fmt::Debug) {
    let shown = format!("{shown:?} {shown:#?}");
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[test]
fn the_token_is_not_shown() {
    let server = World::new().serve();
    silent(&Token::new(TOKEN).unwrap());
    silent(&settings(&server.url));
    let client = client(&server);
    silent(&client);
    let gathered = client.gather("acme/payments", 42, &Accounts::default()).unwrap();
    silent(&client);
    silent(&gathered);
    assert!(!serde_json::to_string(&gathered).unwrap().contains(TOKEN));
}

#[test]
fn a_server_that_repeats_it_in_an_error_is_not_repeated() {
    for status in [400, 401, 403, 404, 418, 422, 429, 500] {
        let message = format!(r#"{{"message":"the token {TOKEN} is wrong"}}"#);
        let answer = Answer::new(status, message).with("x-accepted-oauth-scopes", TOKEN).with("retry-after", "0");
        let problem = World::new().always(PULL, answer).problem();
        silent(&problem);
        assert!(!problem.to_string().contains(TOKEN));
        silent(&problem.fault());
    }
}

#[test]
fn a_server_that_repeats_it_in_an_answer_is_refused() {
    let escaped: String = TOKEN.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    for hidden in [TOKEN.to_owned(), escaped] {
        let mut world = World::new();
        world.files[0]["filename"] = "HIDDEN".into();
        let body = serde_json::to_string(&world.files).unwrap().replace("HIDDEN", &hidden);
        let problem = world.always(&format!("{PULL}/files"), Answer::new(200, body)).problem();
        assert_eq!(problem.code, "evidence/github-malformed");
        silent(&problem);
    }
}

#[test]
fn a_server_that_repeats_it_in_what_can_t_be_read_is_not_repeated() {
    let problem = World::new().always(PULL, Answer::new(200, format!("{{\"number\":\"{TOKEN}\"}}"))).problem();
    assert_eq!(problem.code, "evidence/github-malformed");
    silent(&problem);
}

#[test]
fn what_is_no_token_is_refused_and_not_repeated() {
    for wrong in ["", " \n", "a b", "a\nb", "ge\u{68}\u{e9}im", "x\u{0}", &"x".repeat(5000)] {
        let problem = Token::new(wrong).unwrap_err();
        assert_eq!(problem.code, "evidence/github-unauthorized");
        assert!(wrong.trim().is_empty() || !problem.message.contains(wrong));
    }
    assert_eq!(Token::new(&format!(" {TOKEN}\n")), Token::new(TOKEN));
}

#[test]
fn nobody_sends_no_token() {
    let server = World::new().serve();
    let nobody = Settings { token: None, ..settings(&server.url) };
    assert!(Client::new(nobody).gather("acme/payments", 42, &Accounts::default()).is_ok());
    assert!(server.asked().iter().all(|request| !request.headers.contains_key("authorization")));
}
