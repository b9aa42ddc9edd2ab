//! NuGet's versions: one to four numbers, labels that are compared without regard to capitals, and builds that don't count.

/// The key sorts as NuGet does. Labels come before none, as a pre-release comes before its release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    numbers: [i32; 4],
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Before(Vec<Label>),
    Release,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Number(i32),
    Text(String),
}

pub(super) fn read(text: &str) -> Option<Key> {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    if build.is_some_and(|build| !build.split('.').all(is_label)) {
        return None;
    }
    let (dotted, labels) = text.split_once('-').map_or((text, None), |(dotted, labels)| (dotted, Some(labels)));
    let stage = match labels {
        Some(labels) => Stage::Before(labels.split('.').map(label).collect::<Option<_>>()?),
        None => Stage::Release,
    };
    Some(Key { numbers: numbers(dotted)?, stage })
}

fn numbers(dotted: &str) -> Option<[i32; 4]> {
    let mut numbers = [0; 4];
    let mut places = numbers.iter_mut();
    for part in dotted.split('.') {
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *places.next()? = part.parse().ok()?;
    }
    Some(numbers)
}

/// A number that fits an `int` of .NET is one; a longer one is a text there.
fn label(text: &str) -> Option<Label> {
    let zeros = text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_label(text) || zeros {
        return None;
    }
    Some(text.parse().map_or_else(|_| Label::Text(text.to_ascii_uppercase()), Label::Number))
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
