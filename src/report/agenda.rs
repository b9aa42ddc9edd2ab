//! The coming weeks: what is shown of them, whatever the format.

use crate::finding::Finding;
use crate::schedule::Event;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::io;
use std::sync::Arc;

use super::{Options, human, json};

/// Freezes, low-risk windows and proposals of some weeks.
#[derive(Debug)]
pub struct Agenda {
    /// The version of changegate.
    pub version: &'static str,
    /// The time by which proposals were judged.
    pub now: Timestamp,
    /// The Monday with which the first week begins.
    pub from: Date,
    /// How many weeks there are.
    pub weeks: u8,
    /// The zone of the viewer.
    pub zone: TimeZone,
    /// Its name, and who says so; text of others.
    pub zone_name: (String, String),
    /// The calendars that were read, with the digests of their texts.
    pub calendars: Vec<(String, String)>,
    /// By their times.
    pub events: Vec<Arc<Event>>,
    /// Those with a window in these weeks, by their times.
    pub proposals: Vec<Planned>,
    /// The files of proposals that are not valid, or can't be judged.
    pub invalid: Vec<String>,
    /// What is told of events that are left out, which may have been meant as freezes or windows.
    pub left_out: Vec<Finding>,
}

/// A proposal with its times.
#[derive(Debug)]
pub struct Planned {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its system.
    pub system: String,
    /// The environment that it names.
    pub environment: Option<String>,
    /// Its file.
    pub file: String,
    /// When it is worked on: which window, its start and its end.
    pub windows: Vec<(String, Timestamp, Timestamp)>,
    /// What rules say of these times.
    pub findings: Vec<Finding>,
}

impl Agenda {
    /// The first moment of a day of these weeks, or of the day after them.
    pub fn midnight(&self, day: i64) -> Timestamp {
        let date = self.from.saturating_add(day.days());
        date.to_zoned(self.zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// From the first moment of these weeks to their end.
    pub fn bounds(&self) -> (Timestamp, Timestamp) {
        (self.midnight(0), self.midnight(i64::from(self.weeks) * 7))
    }

    /// Writes it for people.
    ///
    /// # Errors
    /// When the sink can't be written to.
    pub fn write_human(&self, out: &mut impl io::Write, options: &Options) -> io::Result<()> {
        out.write_all(human::agenda(self, options).as_bytes())
    }

    /// Writes it for programs: `changegate.calendar/v1`.
    ///
    /// # Errors
    /// When the sink can't be written to.
    pub fn write_json(&self, out: &mut impl io::Write) -> io::Result<()> {
        json::agenda(out, self)
    }
}
