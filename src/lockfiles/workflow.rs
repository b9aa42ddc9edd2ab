//! Workflows and actions of GitHub (<https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax>): what `uses` names in
//! steps and jobs, and the images of jobs and of actions that run in one.
//!
//! `./folder` lies in the repository, and is no pin; its own `action.yml` is a file of its own. GitHub takes no expression in `uses`, but does in
//! `image`, which then counts as floating.

use super::yaml::{Node, Yaml};
use super::{Ecosystem, Pin, Unread, image, origin, quoted};
use crate::source::Source;

pub(super) fn workflow(source: &Source) -> Result<Vec<Pin>, Unread> {
    let yaml = Yaml::parse(source)?;
    let root = yaml.single()?;
    let Some(jobs) = root.get("jobs") else { return Err(root.unread("it is no workflow: it has no `jobs`")) };
    let mut pins = Vec::new();
    for (_, job) in jobs.members().ok_or_else(|| jobs.unread("`jobs` is no map"))? {
        if job.members().is_none() {
            return Err(job.unread("a job that is no map"));
        }
        if let Some(uses) = job.get("uses") {
            pins.extend(of_uses(uses)?);
        }
        if let Some(container) = job.get("container") {
            pins.extend(of_container(container)?);
        }
        if let Some(services) = job.get("services").filter(|services| !services.is_null()) {
            for (_, service) in services.members().ok_or_else(|| services.unread("`services` is no map"))? {
                pins.extend(of_container(service)?);
            }
        }
        steps(job, &mut pins)?;
    }
    Ok(pins)
}

pub(super) fn action(source: &Source) -> Result<Vec<Pin>, Unread> {
    let yaml = Yaml::parse(source)?;
    let root = yaml.single()?;
    let Some(runs) = root.get("runs") else {
        // Whoever runs an action needs it, and other things have files of this name, too.
        let is_like_one = |name: &str| ["runs", "uses", "<<"].iter().any(|key| name.trim().eq_ignore_ascii_case(key));
        let mut names = root.members().into_iter().flatten().map(|(name, _)| name.scalar());
        if root.scalar().is_some() || names.any(|name| name.is_none_or(is_like_one)) {
            return Err(root.unread("it is no action: it has no `runs`"));
        }
        return Ok(Vec::new());
    };
    if runs.members().is_none() {
        return Err(runs.unread("`runs` is no map"));
    }
    let mut pins = Vec::new();
    // Without `docker://` it is a Dockerfile of the repository.
    if let Some(reference) = runs.text("image")?.and_then(|image| image.strip_prefix("docker://")) {
        pins.push(of_image(runs, reference)?);
    }
    steps(runs, &mut pins)?;
    Ok(pins)
}

fn steps(of: Node<'_>, pins: &mut Vec<Pin>) -> Result<(), Unread> {
    let Some(steps) = of.get("steps").filter(|steps| !steps.is_null()) else { return Ok(()) };
    for step in steps.items().ok_or_else(|| steps.unread("`steps` is no list"))? {
        if step.members().is_none() {
            return Err(step.unread("a step that is no map"));
        }
        if let Some(uses) = step.get("uses") {
            pins.extend(of_uses(uses)?);
        }
    }
    Ok(())
}

fn of_uses(node: Node<'_>) -> Result<Option<Pin>, Unread> {
    let uses = node.scalar().ok_or_else(|| node.unread("`uses` is no text"))?.trim();
    if uses.starts_with("./") {
        return Ok(None);
    }
    if let Some(reference) = uses.strip_prefix("docker://") {
        return of_image(node, reference).map(Some);
    }
    let wrong = || node.unread(format!("`uses` that is no `owner/repository@reference`: {}", quoted(uses)));
    let (path, reference) = uses.split_once('@').ok_or_else(wrong)?;
    let mut parts = path.splitn(3, '/');
    let (Some(owner), Some(repository), inner) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong());
    };
    let sound =
        |text: &str| !text.is_empty() && text.chars().all(|found| found.is_ascii_graphic() && !"@$".contains(found));
    if !sound(owner) || !sound(repository) || !sound(reference) {
        return Err(wrong());
    }
    let commit = Some(reference).filter(|reference| origin::is_commit(reference));
    let pin = Pin::new(Ecosystem::GitHubActions, format!("{owner}/{repository}"), reference, node.line());
    Ok(Some(pin.from(inner.map(|_| path)).held(origin::of_reference(reference)).digest(commit)))
}

/// `container: image` or `container: {image: …}`.
fn of_container(node: Node<'_>) -> Result<Option<Pin>, Unread> {
    let image = if node.members().is_some() { node.get("image") } else { Some(node) };
    let Some(image) = image.filter(|image| !image.is_null()) else { return Ok(None) };
    let reference = image.scalar().ok_or_else(|| image.unread("`image` is no text"))?;
    of_image(image, reference.strip_prefix("docker://").unwrap_or(reference)).map(Some)
}

fn of_image(node: Node<'_>, reference: &str) -> Result<Pin, Unread> {
    if reference.contains("${{") {
        return Ok(image::unknown(reference, node.line()));
    }
    image::pin(reference, node.line()).ok_or_else(|| node.unread(image::wrong(reference)))
}
