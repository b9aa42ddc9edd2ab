//! The model of a proposal and of a system profile: one file per section of the catalogue.

use super::shape::{Kind, Object, field, object};

pub static PROPOSAL: Object = object("proposal", "An upgrade or a migration.", &[
    field("changegate", Kind::Count { min: 1, max: 1, unit: "version of the format" }, "The version of this format.").required(),
]);
