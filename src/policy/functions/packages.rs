//! Packages that really changed, beside those that are proposed.

use super::{Args, Function};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "is_package(part, package) -> true or false",
    doc: "Whether a part of the change (`p.change` or one of its components) is about a package (one of `evidence.changes`): by its \
          `package_url`, whatever version and qualifiers that has; where there is none, by the name of the component.",
    call: is_package,
}];

fn is_package<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (part, package) = (args.value(0), args.value(1));
    let (url, own) = (run.field(part, "package_url")?, run.field(package, "package_url")?);
    let same = match (&url, &own) {
        (Value::Text(url), Value::Text(own)) => {
            url.strip_prefix(&**own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['@', '?']))
        }
        _ => match (&run.field(part, "component")?, &run.field(package, "name")?) {
            (Value::Text(component), Value::Text(name)) => **component == **name,
            _ => false,
        },
    };
    Ok(Value::Flag(same))
}
