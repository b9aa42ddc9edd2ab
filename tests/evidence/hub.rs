//! A repository whose change is a pull request on a server of our own: opened and pushed by @bo, approved by @ada.

use super::desk::{Desk, Told};
use super::server::{Answer, Server};
use super::world::{OLD, TOKEN, World, bo, commit, push, review, user};
use serde_json::json;
use std::process::Output;
use std::sync::{Arc, OnceLock};

pub struct Hub {
    pub desk: Desk,
    pub server: Server,
    pub head: String,
    pub world: Arc<OnceLock<World>>,
}

pub const NOW: [&str; 2] = ["--now", "2026-11-24T12:00:00Z"];

/// The world of a head, as it is well.
pub fn sound(head: &str) -> World {
    let mut world = World::new();
    world.pull["user"] = bo();
    world.pull["head"]["sha"] = head.into();
    world.reviews = vec![review(100, user(1, "ada"), "APPROVED", "2026-11-20T11:00:00Z", head)];
    world.commits = vec![commit(head, bo(), "2026-11-20T10:00:00Z")];
    world.activity = vec![push(bo(), head, "2026-11-20T10:01:00Z")];
    world
}

impl Hub {
    /// One whose base has this in its configuration besides where GitHub is, and these files; the change brings `p.json` and further files.
    pub fn new(configuration: &str, base: &[(&str, &str)], change: &[(&str, &str)]) -> Self {
        let world = Arc::new(OnceLock::<World>::new());
        let asked = Arc::clone(&world);
        let server = Server::new(move |request, before| match asked.get() {
            Some(world) => world.respond(request, before),
            None => Answer::new(500, "too early"),
        });
        let desk = Desk::in_git();
        let proposal = std::fs::read(desk.at("p.json")).unwrap();
        std::fs::remove_file(desk.at("p.json")).unwrap();
        let mut toml = format!("[github]\nrepository = \"acme/payments\"\nseconds = 3\n{configuration}");
        if !configuration.contains("api =") {
            toml = toml.replacen("[github]\n", &format!("[github]\napi = \"{}\"\n", server.url), 1);
        }
        desk.write("changegate.toml", toml);
        base.iter().for_each(|(path, text)| desk.write(path, text));
        desk.commit("the base", "2026-11-20T09:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        desk.write("p.json", proposal);
        change.iter().for_each(|(path, text)| desk.write(path, text));
        desk.commit("the upgrade", "2026-11-20T10:00:00Z");
        let head = desk.git(&["rev-parse", "HEAD"]);
        Self { desk, server, head, world }
    }

    /// What GitHub tells of it.
    pub fn with(self, world: impl FnOnce(World) -> World) -> Self {
        let tip = self.desk.git(&["rev-parse", "main"]);
        assert!(self.world.set(world(World { tip, ..sound(&self.head) })).is_ok());
        self
    }

    /// A run about the pull request, by somebody who has a token.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let about = ["--base", "main", "--pr", "42"];
        self.desk.run_with(&[("GITHUB_TOKEN", TOKEN)], &[&about[..], &NOW, arguments].concat())
    }

    pub fn check(&self, arguments: &[&str]) -> Told {
        let output = self.run(&[&["--format", "json"], arguments].concat());
        let shown = [&output.stdout[..], &output.stderr].concat();
        assert!(!String::from_utf8_lossy(&shown).contains(TOKEN), "the token is shown");
        Told::of(&output)
    }

    /// A run as GitHub Actions starts it for the pull request.
    pub fn in_actions(&self, branch: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Told {
        let base = self.desk.git(&["rev-parse", "main"]);
        let event = json!({ "number": 42, "pull_request": { "head": { "sha": self.head },
            "base": { "sha": base, "ref": branch, "repo": { "full_name": "acme/payments" } } } });
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, event.to_string()).unwrap();
        let path = file.path().to_str().unwrap();
        let of_actions = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "pull_request_review"),
            ("GITHUB_EVENT_PATH", path),
            ("GITHUB_TOKEN", TOKEN),
        ];
        let arguments = [&NOW[..], &["--format", "json"], arguments].concat();
        Told::of(&self.desk.run_with(&[&of_actions[..], variables].concat(), &arguments))
    }
}

/// The first time something is asked, and every further time another answer.
pub fn moved(mut world: World, after: usize) -> World {
    let mut later = world.pull.clone();
    later["head"]["sha"] = OLD.into();
    world.pull["updated_at"] = "2026-11-20T12:00:00Z".into();
    world.on(super::world::PULL, move |request, before| {
        (request.path == super::world::PULL && before >= after).then(|| Answer::json(&later))
    })
}
