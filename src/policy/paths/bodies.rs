//! Where the bodies of functions stand: the engine tells positions and not which statement is whose.

use rhai::{Position, ScriptFuncDef};

/// Where the body of a function begins and ends; that of a closure without braces is one expression, whose end the engine does
/// not tell.
pub fn extent(function: &ScriptFuncDef) -> (Position, Position) {
    let (start, end) = (function.body.start_position(), function.body.end_position());
    (start, if end.is_none() { start } else { end })
}

fn key(position: Position) -> (usize, usize) {
    (position.line().unwrap_or(0), position.position().unwrap_or(0))
}

pub fn after(a: Position, b: Position) -> bool {
    key(a) > key(b)
}

pub fn inside(at: Position, start: Position, end: Position) -> bool {
    key(start) <= key(at) && key(at) <= key(end)
}
