//! What a system owes to those who use it: service level, busy times, duties, people.

use super::terms::{INTERVAL, date, days, flag, instant, line, lines, list, minutes, percent, person, reference, word};
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, count, field, object};

pub static SERVICE_LEVEL: Object = object(
    "service-level",
    "The availability that was promised, and how much of the allowed downtime is left.",
    &[
        percent("availability", "The promised availability over a period.").examples(&["99.9"]),
        days("period", "The period over which it is counted."),
        minutes("allowance", "The downtime that is allowed in one period."),
        minutes(
            "used",
            "The downtime that this period has already seen. The expected downtime of an upgrade must fit in what is left.",
        ),
        instant("as_of", "When `used` was read."),
        flag("planned_counts", "Whether announced maintenance counts as downtime; `true` when left out.")
            .examples(&["false"]),
        reference("reference", "Where the agreement is."),
    ],
);

pub static PERIOD: Object = object("period", "Times that return every week (`days`, `from`, `to`), or one stretch of time (`start`, `end`).", &[
    field("name", LINE, "What people call it.").examples(&[r#""month-end close""#]),
    list("days", &Kind::Choice(WEEKDAYS), "The days of the week on which it begins; every day when left out.").examples(&[r#"["monday", "friday"]"#]),
    field("from", Kind::Time, "The time of day at which it begins, by the clock of `zone`.").examples(&[r#""08:00""#]),
    field("to", Kind::Time, "The time of day at which it ends. Not later than `from`: it ends on the next day; the same as `from`: it lasts 24 hours.").examples(&[r#""18:00""#]),
    field("zone", Kind::Zone, "The time zone of `from` and `to`; that of the system when left out.").examples(&[r#""Europe/Berlin""#]),
    date("first", "The first day of a weekly period that is limited, such as a season."),
    date("last", "The last day of a weekly period that is limited."),
    instant("start", "When a single stretch begins."),
    instant("end", "When a single stretch ends; that moment no longer belongs to it.").examples(&[r#""2026-12-06T05:00:00+01:00""#]),
]);

pub static PROCESS: Object = object(
    "process",
    "A business process that depends on the system.",
    &[
        line("name", "What the business calls it; tests and impacts refer to it by this name.")
            .required()
            .examples(&[r#""card payments""#]),
        person("owner", "Who answers for the process."),
        flag("critical", "Whether the business cannot wait for it."),
        lines("workflows", "The workflows that people really do in it; test cases follow them. No rule judges it.")
            .examples(&[r#"["pay by card", "refund a payment"]"#]),
    ],
);

pub static USER_GROUP: Object = object(
    "user-group",
    "People who use the system.",
    &[
        line("name", "Who they are.").required().examples(&[r#""accounting""#]),
        word("kind", USER_KINDS, "What they are to the organisation.").required(),
        field("size", count("people"), "About how many they are.").examples(&[r#"120"#]),
        flag(
            "critical",
            "Whether this group may not be without the system: emergency staff, operators, a key customer.",
        ),
    ],
);

pub static CONTACT: Object = object(
    "contact",
    "Somebody who can be called when the system or its upgrade needs help.",
    &[
        person("name", "The person, or the desk of a vendor.").required(),
        list("roles", &Kind::Choice(CONTACT_ROLES), "What they can be called for.")
            .required()
            .examples(&[r#"["technical", "database"]"#]),
        line("reach", "How they are reached.").examples(&[r#""pager: payments-oncall""#]),
        flag("around_the_clock", "Whether they can be reached at any hour of any day."),
        list("hours", &Kind::Object(&PERIOD), "When they can be reached, where that is not at any hour."),
        list("away", &Kind::Object(&INTERVAL), "When they cannot be reached: holidays, travel."),
        person("deputy", "Who stands in for them."),
    ],
);

pub static DUTY: Object = object(
    "legal-duty",
    "A law, a regulation, a contract or a standard that binds the system.",
    &[
        line("name", "What it is called.").required().examples(&[r#""PCI DSS 4.0""#, r#""GDPR Art. 32""#]),
        word("kind", DUTY_KINDS, "Where the duty comes from."),
        line("requires", "What it asks of an upgrade.").examples(&[r#""a documented change test and back-out""#]),
        person("owner", "Who watches over it."),
        reference("reference", "Where it is written."),
    ],
);

pub const WEEKDAYS: &[Choice] = &[
    choice("monday", "Monday."),
    choice("tuesday", "Tuesday."),
    choice("wednesday", "Wednesday."),
    choice("thursday", "Thursday."),
    choice("friday", "Friday."),
    choice("saturday", "Saturday."),
    choice("sunday", "Sunday."),
];

pub const USER_KINDS: &[Choice] = &[
    choice("internal", "Departments and staff."),
    choice("external-customers", "Customers."),
    choice("partners", "Suppliers, agents and other organisations that work with it."),
    choice("public", "Anybody."),
    choice("machines", "Only other systems use it."),
];

pub const CONTACT_ROLES: &[Choice] = &[
    choice("technical", "Runs the system."),
    choice("application-owner", "Answers for the application."),
    choice("network", "Network and name service."),
    choice("database", "Database."),
    choice("security", "Security."),
    choice("vendor", "The maker or the support contract."),
    choice("business", "The business that uses it."),
    choice("incident-lead", "Leads when something goes wrong."),
];

pub const DUTY_KINDS: &[Choice] = &[
    choice("law", "A law or a regulation."),
    choice("supervisor", "An order or a guideline of an authority."),
    choice("contract", "A contract with a customer or a supplier."),
    choice("standard", "A standard that the organisation has to follow."),
    choice("internal", "A rule of the organisation."),
];
