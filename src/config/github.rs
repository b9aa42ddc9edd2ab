//! Where GitHub is, and who is who there: `[github]`. The configuration is of the trusted side, and nobody else may say it.

use super::{refused, text_at};
use crate::evidence::{Holder, People};
use crate::finding::Fault;
use crate::github::{Accounts, Server};
use crate::proposal::model::APPROVER_ROLES;
use crate::proposal::shape::{Field, Kind, LINE, LINES, Object, count, field, object};
use crate::proposal::tree::Key;
use crate::proposal::{NodeId, Tree, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub(super) static GITHUB: Object = object(
    "github",
    "Where GitHub is, and who is who there.",
    &[
        field(
            "api",
            LINE,
            "The address of its API; that of github.com when left out. A token is sent there and nowhere else.",
        )
        .examples(&[r#""https://github.example.com/api/v3""#]),
        field(
            "repository",
            LINE,
            "The repository of pull requests that are named with --pr, where neither the event nor GITHUB_REPOSITORY says it.",
        )
        .examples(&[r#""acme/payments""#]),
        field(
            "seconds",
            Kind::Count { min: 1, max: 900, unit: "seconds" },
            "How long all questions of a run may take together; 90 when left out.",
        )
        .examples(&["30"]),
        field("bots", Kind::List(&ACCOUNT), "The numbers of programs and apps whose reviews count, as nobody else's do who is no user.")
            .examples(&["[49699333]"]),
        field(
            "mails",
            Kind::Map(&ACCOUNT),
            "Whose mails are that stand in commits and that GitHub knows no account of: the number of the account, or 0 for nobody who \
             reviews, such as a tool.",
        )
        .examples(&[r#"{ "build@acme.example": 0 }"#]),
        field("roles", Kind::Object(&ROLES), "Who fills the roles that approvals need."),
    ],
);

const ACCOUNT: Kind = count("accounts");

static ROLES: Object = object(
    "github roles",
    "Who fills the roles that approvals need: `@user`, `@organisation/team` with the teams below it, or `codeowners` for the owners of the files of the \
     change by CODEOWNERS of the base, where of each of these files one has approved. Whom the profile of the system names holds the role, too.",
    ROLE_FIELDS,
);

/// Named as the words of `approvals[].role` are.
const ROLE_FIELDS: &[Field] = &[
    role("peer", APPROVER_ROLES[0].doc),
    role("owner", APPROVER_ROLES[1].doc),
    role("security", APPROVER_ROLES[2].doc),
    role("data-owner", APPROVER_ROLES[3].doc),
    role("business-owner", APPROVER_ROLES[4].doc),
    role("operations", APPROVER_ROLES[5].doc),
    role("change-authority", APPROVER_ROLES[6].doc),
    role("legal", APPROVER_ROLES[7].doc),
];

const fn role(name: &'static str, doc: &'static str) -> Field {
    field(name, LINES, doc).examples(&[r#"["@acme/database", "codeowners"]"#])
}

/// What `[github]` says.
#[derive(Debug, Clone, Default)]
pub struct GitHub {
    /// Where the API is, where it says so.
    pub api: Option<Server>,
    /// `owner/name`.
    pub repository: Option<String>,
    /// How long all questions may take.
    pub patience: Option<Duration>,
    /// Who is who.
    pub people: People,
}

pub(super) fn read(tree: &Tree, faults: &mut Vec<Fault>) -> GitHub {
    let api = tree.path(&["github", "api"]).and_then(|node| {
        let server = Server::parse(tree.text(node)?);
        server.map_err(|why| faults.push(refused(tree, node, "the address of the API", &why))).ok()
    });
    GitHub {
        api,
        repository: text_at(tree, &["github", "repository"]),
        patience: super::number(tree, &["github", "seconds"]).map(|seconds| Duration::from_secs(seconds as u64)),
        people: People { accounts: accounts(tree), roles: roles(tree, faults) },
    }
}

fn accounts(tree: &Tree) -> Accounts {
    let number = |node: NodeId| if let Value::Count(number) = tree.value(node) { *number as u64 } else { 0 };
    let items = |name| tree.path(&["github", name]).map(|list| tree.items(list)).unwrap_or_default();
    let mail = |&entry: &NodeId| match &tree.node(entry).key {
        Key::Entry(mail) => Some((mail.to_lowercase(), Some(number(entry)).filter(|number| *number != 0))),
        _ => None,
    };
    Accounts {
        bots: items("bots").iter().map(|&bot| number(bot)).collect::<BTreeSet<_>>(),
        mails: items("mails").iter().filter_map(mail).collect(),
    }
}

fn roles(tree: &Tree, faults: &mut Vec<Fault>) -> BTreeMap<String, Vec<Holder>> {
    let mut roles = BTreeMap::new();
    for choice in APPROVER_ROLES {
        let Some(list) = tree.path(&["github", "roles", choice.word]) else { continue };
        let mut holders = Vec::new();
        for &item in tree.items(list) {
            match tree.text(item).map(Holder::parse) {
                Some(Some(holder)) => holders.push(holder),
                Some(None) => faults.push(refused(
                    tree,
                    item,
                    "who fills a role",
                    "write `@user`, `@organisation/team` or `codeowners`",
                )),
                None => {}
            }
        }
        roles.insert(choice.word.to_owned(), holders);
    }
    roles
}
