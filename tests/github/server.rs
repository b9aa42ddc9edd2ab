//! A small HTTP server: it answers as a function says, and remembers what it was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What was asked.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// Path and query.
    pub path: String,
    /// By their names in lower case.
    pub headers: HashMap<String, String>,
    /// What was sent along.
    #[allow(dead_code, reason = "most tests ask and do not write")]
    pub body: Vec<u8>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// How long it takes to answer.
    pub after: Duration,
    /// How many bytes of the body are missing.
    pub missing: usize,
}

impl Answer {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), after: Duration::ZERO, missing: 0 }
    }

    pub fn json(body: &serde_json::Value) -> Self {
        Self::new(200, body.to_string())
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

type Script = dyn Fn(&Request, usize) -> Answer + Send + Sync;

/// A server that runs until the program ends.
pub struct Server {
    pub url: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers as the function says, which is told how often the same path was asked before.
    pub fn new(script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (script, kept): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, kept) = (Arc::clone(&script), Arc::clone(&kept));
                thread::spawn(move || talk(stream, &*script, &kept));
            }
        });
        Self { url, asked }
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    /// How often something was asked whose path begins so.
    pub fn count(&self, start: &str) -> usize {
        self.asked().iter().filter(|request| request.path.starts_with(start)).count()
    }
}

fn talk(stream: TcpStream, script: &Script, kept: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(request) = read(&mut reader) {
        let before = {
            let mut kept = kept.lock().unwrap();
            let before = kept.iter().filter(|earlier| earlier.path == request.path).count();
            kept.push(request.clone());
            before
        };
        let answer = script(&request, before);
        thread::sleep(answer.after);
        if answer.status == 0 {
            return;
        }
        // Head and body at once: a second packet would wait for the first to be acknowledged.
        let mut sent =
            format!("HTTP/1.1 {} X\r\ncontent-length: {}\r\n", answer.status, answer.body.len()).into_bytes();
        for (name, value) in &answer.headers {
            sent.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        sent.extend_from_slice(b"\r\n");
        sent.extend_from_slice(&answer.body[..answer.body.len() - answer.missing]);
        if (&stream).write_all(&sent).is_err() || answer.missing > 0 {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, headers, body })
}
