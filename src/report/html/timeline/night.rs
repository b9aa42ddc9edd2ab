//! One window with its parts, and what is on around it: what has no room is drawn beyond its end.

mod meanwhile;

use super::against::Against;
use super::moment::{between, clock, stretch, zone_name};
use super::scale::{Clock, LEFT, LETTER, RIGHT, Scale, WIDTH};
use super::words::{title, told};
use crate::policy::{Kind, Length, Mark, PartOfWindow, Slot};
use crate::report::entry::Weight;
use crate::report::html::markup::{Markup, Px, Short, put};
use crate::verdict::Course;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const ROW: f64 = 21.0;
const BAR: f64 = 14.0;
const TOP: f64 = 40.0;

/// What is drawn of one window.
struct Night<'c> {
    course: &'c Course,
    slot: &'c Slot,
    against: &'c Against<'c>,
    scale: Scale,
    /// When the last part is over.
    done: Timestamp,
    out: Markup,
    y: f64,
}

/// A window, drawn. `anchor` begins the names of what describes it.
pub fn drawn(course: &Course, slot: &Slot, anchor: &str, against: &Against<'_>) -> Markup {
    let needed = slot.parts.iter().fold(SignedDuration::ZERO, |sum, part| sum.saturating_add(part.length.0));
    let done = slot.start.checked_add(needed).unwrap_or(slot.end);
    let mut night =
        Night { course, slot, against, scale: reach(course, slot, done), done, out: Markup::default(), y: TOP };
    night.put_meanwhile();
    night.put_stages();
    night.put_window();
    let top = night.y;
    night.put_parts();
    night.put_sum(needed);
    night.put_decision(top);
    let bottom = night.y;
    let mut out = Markup::default();
    put_caption(&mut out, course, slot, needed);
    put!(out; "<div class=\"drawing\" role=\"group\" tabindex=\"0\" aria-label=\"", slot.path.as_str(), "\"><svg role=\"img\" aria-labelledby=\"", anchor, "-t ", anchor, "-d\" viewBox=\"0 0 ", Px(WIDTH), " ", Px(bottom + if course.zone == TimeZone::UTC { 10.0 } else { 38.0 }), "\">");
    put!(out; "<title id=\"", anchor, "-t\">", title(course, slot), "</title><desc id=\"", anchor, "-d\">", told(course, slot, needed, against), "</desc>");
    put!(out; "<rect class=\"within\" x=\"", Px(night.scale.x(slot.start)), "\" y=\"", Px(TOP - 8.0), "\" width=\"", Px(night.scale.x(slot.end) - night.scale.x(slot.start)), "\" height=\"", Px(bottom - TOP + 8.0), "\"/>");
    night.scale.put_grid(&mut out, &course.zone, TOP - 8.0, bottom);
    let own = Clock { ticks: &course.zone, told: &course.zone };
    night.scale.put_axis(&mut out, own, &zone_name(slot.start, &course.zone), TOP - 14.0, -14.0);
    put!(out; night.out);
    if course.zone != TimeZone::UTC {
        let utc = Clock { ticks: &course.zone, told: &TimeZone::UTC };
        night.scale.put_axis(&mut out, utc, "UTC", bottom + 16.0, 14.0);
    }
    out.markup("</svg></div>");
    out
}

/// What the drawing comes to, for who sees a part of it on a phone.
fn put_caption(out: &mut Markup, course: &Course, slot: &Slot, needed: SignedDuration) {
    let length = between(slot.start, slot.end);
    put!(out; "<p class=\"cap\"><b>", stretch(slot.start, slot.end, &course.zone), "</b>, ", length.to_string());
    if !needed.is_zero() {
        put!(out; "; its parts need ", Length(needed).to_string());
    }
    match needed.checked_sub(length.0) {
        Some(over) if over.is_positive() => {
            put!(out; ": <b class=\"bad\">", Length(over).to_string(), " too short</b>")
        }
        _ => {}
    }
    if slot.parts.iter().any(is_way_back) {
        out.markup(" <span class=\"dim\">(paler: what only a failure needs)</span>");
    }
    out.markup("</p>");
}

/// The window, what overruns it, when it was really carried out, and some time around.
fn reach(course: &Course, slot: &Slot, done: Timestamp) -> Scale {
    let length = slot.end.duration_since(slot.start);
    let runs = course.meanwhile.iter().filter(|one| one.kind == Kind::Run);
    let near = |at: &Timestamp| at.duration_since(slot.start).abs() < length.saturating_mul(4);
    let ends: Vec<_> = runs.flat_map(|run| [run.start, run.end]).filter(near).collect();
    let from = ends.iter().copied().chain([slot.start]).min().unwrap_or(slot.start);
    // What is much too long is cut, and told in words.
    let longest = slot.end.checked_add(length.saturating_mul(3)).unwrap_or(slot.end);
    let to = ends.iter().copied().chain([slot.end, done.min(longest)]).max().unwrap_or(slot.end);
    let pad = |hundredths: i64| SignedDuration::from_secs(to.duration_since(from).as_secs() / 100 * hundredths);
    Scale { from: from.checked_sub(pad(9)).unwrap_or(from), to: to.checked_add(pad(14)).unwrap_or(to) }
}

/// What is only needed where the upgrade goes wrong.
fn is_way_back(part: &PartOfWindow) -> bool {
    matches!(part.name.as_str(), "repair" | "rollback decision" | "rollback")
}

impl Night<'_> {
    fn put_name(&mut self, name: &str, bad: bool) {
        let out = &mut self.out;
        put!(out; "<text class=\"name", if bad { " bad" } else { "" }, "\" x=\"", Px(LEFT - 12.0), "\" y=\"", Px(self.y + 11.0), "\">", Short(name, 24), "</text>");
    }

    fn put_bar(&mut self, class: &str, bad: bool, from: Timestamp, to: Timestamp) -> (f64, f64) {
        let (start, end) = (self.scale.x(from), self.scale.x(to));
        let out = &mut self.out;
        put!(out; "<rect class=\"bar ", class, if bad { " bad" } else { "" }, "\" x=\"", Px(start), "\" y=\"", Px(self.y), "\" width=\"", Px((end - start).max(2.0)), "\" height=\"", Px(BAR), "\" rx=\"2\"/>");
        (start, end)
    }

    /// A text behind what was drawn, or before it where there is no room.
    fn put_beside(&mut self, text: &str, (start, end): (f64, f64), class: &str) {
        let fits = text.chars().count() as f64 * LETTER < WIDTH - RIGHT - end - 6.0;
        let (x, anchor) = if fits { (end + 5.0, "after") } else { (start - 5.0, "before") };
        let out = &mut self.out;
        put!(out; "<text class=\"label ", anchor, " ", class, "\" x=\"", Px(x), "\" y=\"", Px(self.y + 11.0), "\">", text, "</text>");
    }

    /// A text in a bar where it has room there, else behind it, else before it.
    fn put_label(&mut self, text: &str, (start, end): (f64, f64), class: &str) {
        let room = |width: f64| (width / LETTER).max(0.0) as usize;
        let length = text.chars().count();
        let (x, anchor, most) = if length <= room(end - start - 10.0) {
            (start + 5.0, "in", length)
        } else if length <= room(WIDTH - RIGHT - end - 6.0) {
            (end + 5.0, "after", length)
        } else if start - LEFT > end - start && start - LEFT > WIDTH - RIGHT - end {
            (start - 5.0, "before", room(start - LEFT - 6.0))
        } else if end - start > WIDTH - RIGHT - end {
            (start + 5.0, "in", room(end - start - 10.0))
        } else {
            (end + 5.0, "after", room(WIDTH - RIGHT - end - 6.0))
        };
        let out = &mut self.out;
        put!(out; "<text class=\"label ", anchor, " ", class, "\" x=\"", Px(x), "\" y=\"", Px(self.y + 11.0), "\">", Short(text, most), "</text>");
    }

    fn put_stages(&mut self) {
        let scale = self.scale;
        let stages = self.course.points.iter().filter(|point| point.mark == Mark::Stage && scale.holds(point.at));
        let stages: Vec<_> = stages.collect();
        if stages.is_empty() {
            return;
        }
        self.put_name("stages", false);
        for (at, stage) in stages.iter().enumerate() {
            let x = scale.x(stage.at);
            let next = stages.get(at + 1).map_or(WIDTH - RIGHT, |next| scale.x(next.at));
            let out = &mut self.out;
            put!(out; "<path class=\"stage\" d=\"M", Px(x), " ", Px(self.y), "l8 7-8 7z\"/>");
            let room = ((next - x - 14.0) / LETTER).max(0.0) as usize;
            // Of a name of which two letters are left nothing can be read.
            if room < stage.name.chars().count().min(8) {
                continue;
            }
            let out = &mut self.out;
            put!(out; "<text class=\"label after\" x=\"", Px(x + 12.0), "\" y=\"", Px(self.y + 11.0), "\">", Short(&stage.name, room), "</text>");
        }
        self.y += ROW;
    }

    fn put_window(&mut self) {
        let slot = self.slot;
        self.put_name(&slot.path, false);
        let ends = self.put_bar("window", false, slot.start, slot.end);
        let told = between(slot.start, slot.end).to_string();
        self.put_label(&told, ends, "strong");
        self.y += ROW;
    }

    /// One after the other, like stairs: what is past the end of the window stands out.
    fn put_parts(&mut self) {
        let mut at = self.slot.start;
        let parts = &self.slot.parts;
        for part in parts {
            let end = at.checked_add(part.length.0).unwrap_or(self.scale.to);
            let over = end > self.slot.end;
            self.put_name(&part.name, over);
            let class = if is_way_back(part) { "part back" } else { "part" };
            let mut ends = (self.scale.x(at), self.scale.x(end));
            if at < self.slot.end {
                self.put_bar(class, false, at, end.min(self.slot.end));
            }
            if over {
                let beyond = self.put_bar("part", true, at.max(self.slot.end), end);
                ends.1 = beyond.1;
            }
            let told = if part.as_planned { format!("{} by its plan", part.length) } else { part.length.to_string() };
            self.put_label(&told, (ends.1, ends.1), if over { "bad" } else { "" });
            self.y += ROW;
            at = end;
        }
    }

    /// What is missing, or left.
    fn put_sum(&mut self, needed: SignedDuration) {
        if needed.is_zero() {
            return;
        }
        let (end, done) = (self.slot.end, self.done);
        let over = done > end;
        let (from, to) = (self.scale.x(end.min(done)), self.scale.x(end.max(done)));
        let told = match (over, done == end) {
            (true, _) => format!("{} too short", between(end, done)),
            (false, true) => "nothing left".to_owned(),
            (false, false) => format!("{} left", between(done, end)),
        };
        let y = self.y + 7.0;
        self.put_name(if over { "missing" } else { "to spare" }, over);
        let out = &mut self.out;
        put!(out; "<path class=\"gauge", if over { " bad" } else { "" }, "\" d=\"M", Px(from), " ", Px(y - 5.0), "v10M", Px(to), " ", Px(y - 5.0), "v10M", Px(from), " ", Px(y), "H", Px(to), "\"/>");
        self.put_beside(&told, (from, to), if over { "bad strong" } else { "strong" });
        self.y += ROW;
    }

    /// Until when a rollback can be decided, and until when it must be for the rest to fit.
    fn put_decision(&mut self, top: f64) {
        let Some(decision) = &self.slot.decision else { return };
        let after = self.slot.parts.iter().filter(|part| matches!(part.name.as_str(), "rollback" | "communication"));
        let after = after.fold(SignedDuration::ZERO, |sum, part| sum.saturating_add(part.length.0));
        let latest = self.slot.end.checked_sub(after).unwrap_or(self.slot.start);
        let bad = self.against.weight(&decision.place) >= Some(Weight::Error);
        let zone = self.course.zone.clone();
        self.put_line(top, decision.at, bad, "decided by", &clock(decision.at, &zone));
        if bad && decision.at > latest {
            self.put_line(top, latest, false, "to be decided by", &clock(latest, &zone));
        }
    }

    fn put_line(&mut self, top: f64, at: Timestamp, bad: bool, name: &str, told: &str) {
        self.put_name(name, bad);
        let x = self.scale.x(at);
        let out = &mut self.out;
        put!(out; "<path class=\"decision", if bad { " bad" } else { "" }, "\" d=\"M", Px(x), " ", Px(top), "V", Px(self.y + 1.0), "\"/>");
        put!(out; "<path class=\"point", if bad { " bad" } else { "" }, "\" d=\"M", Px(x), " ", Px(self.y + 1.0), "l6 6-6 6-6-6z\"/>");
        self.put_beside(told, (x - 7.0, x + 7.0), if bad { "bad strong" } else { "strong" });
        self.y += ROW;
    }
}
