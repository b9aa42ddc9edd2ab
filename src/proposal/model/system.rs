//! The system that is upgraded: what is true of it whoever upgrades it, kept in its profile.

use super::component::{COMPONENT, COMPONENT_KINDS, DATA_STORE, DEPENDENCY, SITE};
use super::service::{CONTACT, DUTY, PERIOD, PROCESS, SERVICE_LEVEL, USER_GROUP};
use super::terms::{date, days, line, list, minutes, name, one, person, prose, reference, word};
use crate::proposal::shape::{Choice, Derived, Fields, Kind, NAMES, Object, choice, field, object};

pub static SYSTEM: Object = object("system", "The system that is upgraded. What is true of it whoever upgrades it belongs in its profile, `systems/<id>.json`; where there is one, a proposal may repeat what it says, and nothing else.", &[
    name("id", "The name of the system, and of its profile `systems/<id>.json`.").required().examples(&[r#""payments-db""#, r#""wiki""#]),
    line("name", "What people call it.").examples(&[r#""Payments database""#]),
    prose("description", "What it is and what it does.").examples(&[r#""Keeps all payments of the shop and the ledger that is made of them.""#]),
    date("reviewed_on", "The day on which somebody last confirmed that the profile is true. No rule judges it."),
    word("criticality", CRITICALITIES, "How bad it is when the system fails. Together with `serves` it decides how strictly an upgrade is judged."),
    list("serves", &Kind::Choice(SERVES), "What the system serves, of the things that count as critical whatever `criticality` says. An empty list says: none of these."),
    word("audience", AUDIENCES, "Who sees it. A public one needs communication to customers; only of an internal one an upgrade may be routine."),
    person("owner", "Who answers for the system."),
    person("business_owner", "Who answers for the business that runs on it; approves downtime."),
    person("data_owner", "Who answers for the data; approves changes to it."),
    field("environments", NAMES, "The environments in which it runs.").examples(&[r#"["production", "staging"]"#]),
    field("zone", Kind::Zone, "The time zone in which its people count hours.").examples(&[r#""Europe/Berlin""#]),
    one("service_level", &SERVICE_LEVEL, "The availability that was promised, and what is left of the allowed downtime."),
    list("peak_periods", &Kind::Object(&PERIOD), "When the system is busiest or must not be touched. A window that meets one is blocked or warned about. An empty list says: there are none."),
    list("low_risk_windows", &Kind::Object(&PERIOD), "When an upgrade does least harm. Planned upgrades belong in one of them."),
    days("business_cycle", "How long one whole cycle of its use lasts: a week for office work, a month where books are closed. A critical system is watched for one."),
    minutes("recovery_point_objective", "The data loss that the business accepts, as a length of time (RPO, NIST SP 800-34)."),
    minutes("recovery_time_objective", "The time within which the service must be back after a failure (RTO, NIST SP 800-34)."),
    word("standby", STANDBYS, "What can take over when the system fails."),
    list("processes", &Kind::Object(&PROCESS), "The business processes that depend on it."),
    list("user_groups", &Kind::Object(&USER_GROUP), "Who uses it."),
    list("components", &Kind::Object(&COMPONENT), "What it is made of, each part with the version that runs now."),
    list("not_present", &Kind::Choice(COMPONENT_KINDS), "The kinds of components that it does not have. Saying so is different from forgetting them.").examples(&[r#"["endpoint", "license"]"#]),
    list("sites", &Kind::Object(&SITE), "The sites or nodes on which it runs, where there are several."),
    list("data_stores", &Kind::Object(&DATA_STORE), "The data that it keeps."),
    list("dependencies", &Kind::Object(&DEPENDENCY), "The systems that it needs."),
    list("dependants", &Kind::Object(&DEPENDENCY), "The systems that need it."),
    list("contacts", &Kind::Object(&CONTACT), "Who can be called, for what and when."),
    list("legal_duties", &Kind::Object(&DUTY), "The laws, contracts and standards that bind it. An empty list says: there are none."),
    list("further_areas", &Kind::Choice(FURTHER_AREAS), "What it has, besides the five common areas, whose compatibility each upgrade has to review."),
    reference("runbook", "How it is operated. No rule judges it."),
])
.derived(&[Derived {
    name: "is_critical",
    doc: "True when `criticality` is `critical` or is not stated, or when the system serves anything that `serves` can name. Such a system is held to the stricter form of every rule.",
    compute: is_critical,
}]);

fn is_critical(system: &mut dyn Fields) -> bool {
    // What nobody has said is no reason for leniency.
    system.text("criticality").is_none_or(|criticality| criticality == "critical") || system.has_items("serves")
}

/// How much hangs on a system, from the least to the most.
pub const CRITICALITIES: &[Choice] = &[
    choice("low", "People can work around its failure for days."),
    choice("moderate", "Its failure hinders work within a day."),
    choice("high", "Its failure stops a department or annoys customers within an hour."),
    choice("critical", "Its failure harms people, money or the public at once."),
];

const SERVES: &[Choice] = &[
    choice("emergency-response", "Emergency response: alarms, dispatch, hospitals."),
    choice("production-control", "Control of production: plants, lines, grids."),
    choice("security-monitoring", "Watching over security: intrusion, cameras, logs."),
    choice("public-service", "A service that the public depends on."),
];

const AUDIENCES: &[Choice] = &[
    choice("internal", "Only staff."),
    choice("partners", "Staff and partner organisations."),
    choice("public", "Customers or the public."),
];

const STANDBYS: &[Choice] = &[
    choice("none", "Nothing can take over."),
    choice("cold", "A spare that has to be set up first."),
    choice("warm", "A spare that runs and takes over by hand."),
    choice("hot", "A spare that takes over by itself."),
    choice("active-active", "Several do the work; each can fail."),
];

pub const FURTHER_AREAS: &[Choice] = &[
    choice("hardware", "Hardware."),
    choice("protocol", "Protocols between parts."),
    choice("interface", "Interfaces to other systems."),
    choice("browser", "Browsers."),
    choice("mobile-client", "Mobile clients."),
    choice("driver", "Drivers."),
    choice("plug-in", "Plug-ins and extensions."),
    choice("third-party-service", "Services of third parties."),
];
