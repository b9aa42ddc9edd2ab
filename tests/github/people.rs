//! Teams: who is in, who is not, and when it can't be told.

use super::server::{Answer, Server};
use super::world::client;
use changegate::github::{Membership, Problem};
use serde_json::json;

const MEMBER: &str = "/orgs/acme/teams/dba/memberships/bo";
const TEAM: &str = "/orgs/acme/teams/dba";

/// What comes of the answers about the membership and about the team.
fn membership(member: Answer, team: Answer) -> (Result<Membership, Problem>, Server) {
    let server = Server::new(move |request, _| match request.path.as_str() {
        MEMBER => member.clone(),
        TEAM => team.clone(),
        other => panic!("{other}"),
    });
    (client(&server).membership("acme/dba", "bo"), server)
}

fn state(state: &str) -> Answer {
    Answer::json(&json!({ "url": "x", "role": "member", "state": state }))
}

fn team() -> Answer {
    Answer::json(&json!({ "id": 1, "slug": "dba", "name": "DBA" }))
}

fn not(status: u16) -> Answer {
    Answer::new(status, r#"{"message":"Not Found"}"#)
}

#[test]
fn only_active_members_count() {
    for (word, expected) in [("active", Membership::Active), ("pending", Membership::Pending)] {
        let (answer, server) = membership(state(word), not(404));
        assert_eq!((answer.unwrap(), server.asked().len()), (expected, 1));
    }
    for other in ["", "Active", "suspended"] {
        assert_eq!(membership(state(other), team()).0.unwrap_err().code, "evidence/github-malformed");
    }
}

#[test]
fn not_found_is_no_member_where_the_team_is_seen() {
    let (answer, server) = membership(not(404), team());
    assert_eq!((answer.unwrap(), server.asked().len()), (Membership::None, 2));
}

#[test]
fn not_found_is_forbidden_where_the_team_is_hidden() {
    for (member, team) in [(404, 404), (404, 403), (403, 404), (403, 403)] {
        let problem = membership(not(member), not(team)).0.unwrap_err();
        assert_eq!(problem.code, "evidence/github-forbidden");
        assert!(
            problem.message.contains("acme/dba")
                && problem.help.contains("`Members: read`")
                && problem.help.contains("`read:org`")
        );
    }
    // A team that is seen and whose members are not.
    assert_eq!(membership(not(403), team()).0.unwrap_err().code, "evidence/github-forbidden");
}

#[test]
fn what_fails_on_the_way_is_no_answer() {
    for (member, team, code) in [
        (Answer::new(500, ""), team(), "evidence/github-unavailable"),
        (not(404), Answer::new(500, ""), "evidence/github-unavailable"),
        (not(404), Answer::new(429, ""), "evidence/github-rate-limited"),
        (not(404), Answer::new(200, "[]"), "evidence/github-malformed"),
        (not(401), team(), "evidence/github-unauthorized"),
    ] {
        assert_eq!(membership(member, team).0.unwrap_err().code, code);
    }
}

#[test]
fn names_that_lead_elsewhere_are_not_asked_for() {
    let server = Server::new(|request, _| panic!("{request:?}"));
    for (team, login) in [
        ("acme", "bo"),
        ("acme/..", "bo"),
        ("acme/dba", "../x"),
        ("acme/dba", "b o"),
        ("a/b/c", "bo"),
        ("acme/dba", ""),
    ] {
        assert!(client(&server).membership(team, login).is_err(), "{team} {login}");
    }
    assert!(client(&server).permission("acme/payments", "x/y", 1).is_err());
    assert!(server.asked().is_empty());
}

#[test]
fn apps_can_be_asked_for() {
    let server = Server::new(|_, _| state("active"));
    client(&server).membership("acme/dba", "renovate[bot]").unwrap();
    assert_eq!(server.asked()[0].path, "/orgs/acme/teams/dba/memberships/renovate%5Bbot%5D");
}
