//! What the upgrade adds to the inventory of the system's profile.

use super::component::COMPONENT;
use super::terms::{CONFIGURATION_ITEMS, instant, line, list, name, names, one, person, reference, version};
use crate::proposal::shape::{Kind, Object, object};

pub static INVENTORY: Object = object(
    "inventory",
    "What this upgrade adds to the inventory. What the system is made of stands in its profile, under `system.components`.",
    &[
        list("adds", &Kind::Object(&COMPONENT), "Components that the upgrade brings in."),
        names("removes", "Components that the upgrade takes away."),
        names("order", "The order in which components are upgraded. No component comes before one that it depends on."),
        one("configuration", &CONFIGURATION, "The configuration as it was recorded before the upgrade."),
        list(
            "site_sequence",
            &Kind::Object(&SITE_STEP),
            "How each site is treated, in order; needed where sites run different versions.",
        ),
    ],
);

pub static CONFIGURATION: Object = object(
    "configuration-record",
    "The configuration as it was recorded before the upgrade. Each item is either recorded or not applicable.",
    &[
        list("recorded", &Kind::Choice(CONFIGURATION_ITEMS), "What has been recorded.")
            .examples(&[r#"["parameters", "permissions", "scheduled-jobs"]"#]),
        list("not_applicable", &Kind::Choice(CONFIGURATION_ITEMS), "What the system does not have."),
        reference("reference", "Where the record is."),
        instant("at", "When it was recorded."),
        person("by", "Who recorded it."),
    ],
);

pub static SITE_STEP: Object = object(
    "site-step",
    "How one site is treated.",
    &[
        name("site", "The site, as the system's profile names it.").required().examples(&[r#""berlin-1""#]),
        version("from", "The version that runs there now."),
        version("to", "The version that shall run there, where it differs from that of the change."),
        line("treatment", "What is done there that is not done elsewhere.")
            .examples(&[r#""skipped until its client is replaced in January""#]),
    ],
);
