//! Codes of what the gate is given besides proposals: advisories and calendars.

use super::{Code, Who, operator};

pub const CODES: &[Code] = &[
    operator(
        "advisories/broken",
        "a file of a folder of advisories is no record",
        "fetch it anew, or take it out of the folder; until then no index is written",
    ),
    operator(
        "advisories/unreadable",
        "a folder of advisories can't be read, or holds none",
        "name a folder of records in OSV's form",
    ),
    operator(
        "calendar/bad-rule",
        "a recurrence rule of a calendar can't be read, or is one that programs read in different ways",
        "correct the part that is shown; what comes every minute or second is not expanded",
    ),
    operator(
        "calendar/bad-value",
        "a property of an event has a value that it can't have",
        "correct it; the help of the message shows the form",
    ),
    operator("calendar/contradicting-scope", "two categories of an event contradict each other", "keep one of them"),
    operator(
        "calendar/duplicate-uid",
        "two events have one UID, or stand for one occurrence",
        "keep one, or give the other a UID of its own",
    ),
    operator(
        "calendar/empty-event",
        "an event of a calendar has no length, or a rule ends before it begins",
        "correct its end, which no longer belongs to it",
    ),
    operator(
        "calendar/empty-stretch",
        "the time for which a calendar is asked does not end after it starts",
        "ask for a time that ends later",
    ),
    operator(
        "calendar/kinds-differ",
        "days and times are mixed where both have to be of one kind",
        "write days with `VALUE=DATE` throughout, or times throughout",
    ),
    Code {
        id: "calendar/left-out",
        meaning: "a category is nearly `freeze` or `low-risk`, and its event is left out (`without_category = \"nothing\"`)",
        who: Who::Calendars,
        action: "write the word; or, where it is no such thing, another one",
    },
    operator(
        "calendar/missing-property",
        "an event says not which it is, or not when it begins",
        "add the UID or the DTSTART",
    ),
    operator(
        "calendar/no-file",
        "a pattern of `calendars.files` names no calendar",
        "correct the pattern, or commit the calendar that it is to name",
    ),
    operator(
        "calendar/no-occurrence",
        "what is to take a time out of a window of low risk, or to move one, aims at none of its times",
        "write the day and the time at which that occurrence begins",
    ),
    operator(
        "calendar/no-zone",
        "a whole day or a local time has no zone",
        "name one with `TZID`, or that of the calendar with `X-WR-TIMEZONE`",
    ),
    operator("calendar/not-a-calendar", "a file that is read as a calendar is none", "export it as iCalendar (`.ics`)"),
    operator(
        "calendar/out-of-range",
        "an event is outside of the years 1900 to 2199, or longer than ten years",
        "correct its times",
    ),
    operator("calendar/repeated-property", "a property stands twice that can stand once", "keep one of them"),
    operator(
        "calendar/stretch-too-long",
        "the times of a proposal reach over more than ten years or past the year 2199, and no calendar is looked through for that",
        "correct the times of the proposal",
    ),
    operator(
        "calendar/syntax",
        "a line or the order of lines of a calendar is not iCalendar",
        "export it again; see RFC 5545 for the format",
    ),
    operator(
        "calendar/too-deep",
        "components of a calendar are nested too deep",
        "see who wrote it: no calendar needs this",
    ),
    operator(
        "calendar/too-large",
        "a calendar is larger than a megabyte",
        "export freezes and windows alone, or the years that matter",
    ),
    operator(
        "calendar/too-many-files",
        "more than 100 calendars are named",
        "name those with freezes and windows alone",
    ),
    operator(
        "calendar/too-many-occurrences",
        "the events of a calendar take place more often than is allowed",
        "end its rules, or let them come less often; nothing is cut",
    ),
    operator(
        "calendar/too-much-work",
        "working out when events take place takes too many steps",
        "end the rules, or begin them later; nothing is cut",
    ),
    operator(
        "calendar/unclear-purpose",
        "a category is nearly `freeze` or `low-risk`, and the event would be the other of the two",
        "write the word as it is meant, or another one",
    ),
    operator(
        "calendar/unknown-property",
        "a property of an event is nearly one that is read",
        "correct its name; names that begin with `X-` are passed over",
    ),
    operator(
        "calendar/unknown-scope",
        "a category of the form `word:value` is none that there is",
        "correct it: a misspelt scope would change for what a freeze holds",
    ),
    operator(
        "calendar/unknown-zone",
        "a calendar names a time zone that there is not",
        "use a name of the IANA database, such as `Europe/Berlin`",
    ),
    operator(
        "calendar/unreadable",
        "a calendar can't be read",
        "see that it is an ordinary file with UTF-8 text, and that you may read it",
    ),
    operator(
        "calendar/unsupported",
        "a calendar uses something that is not read",
        "see the help of the message for what to write instead",
    ),
];
