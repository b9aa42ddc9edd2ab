"""Random recurrence rules and what python-dateutil makes of them: `python3 make.py SEED NUMBER > rules.tsv`.

Each line: DTSTART, RRULE, the stretch that was asked for (from, to), and the starts in it, all without a zone. Left out are what changegate
refuses (see src/calendars/rule/read.rs), WEEKLY with BYSETPOS unless DTSTART begins a week (dateutil takes the first week as beginning
there, and the standard does not), and rules that dateutil refuses, whose stretch has more than 40 starts, or that take it longer than 0.3 seconds.
"""
import random
import signal
import sys
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(choices, most):
    return ",".join(str(c) for c in random.sample(choices, random.randint(1, min(most, len(choices)))))


def signed(most):
    return [n for n in range(-most, most + 1) if n]


def rule(start):
    freq = random.choice(["YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"])
    parts = ["FREQ=" + freq]
    if random.random() < 0.5:
        parts.append("INTERVAL=%d" % random.choice([1, 2, 3, 4, 5, 7, 12, 18, 50]))
    if random.random() < 0.3:
        parts.append("WKST=" + random.choice(DAYS))
    by = []
    chance = random.choice([0.15, 0.35])
    if random.random() < chance:
        by.append("BYMONTH=" + some(range(1, 13), 4))
    weeks = freq == "YEARLY" and random.random() < chance
    if weeks:
        by.append("BYWEEKNO=" + some(signed(53), 5))
    if freq in ("YEARLY", "HOURLY") and random.random() < chance:
        by.append("BYYEARDAY=" + some(signed(366), 9))
    if freq != "WEEKLY" and random.random() < chance:
        by.append("BYMONTHDAY=" + some(signed(31), 6))
    if weeks or random.random() < 0.5:
        if freq in ("YEARLY", "MONTHLY") and not weeks and random.random() < 0.6:
            most = 53 if freq == "YEARLY" and not any(b.startswith("BYMONTH=") for b in by) else 5
            by.append("BYDAY=" + some(["%d%s" % (n, d) for n in signed(most) for d in DAYS], 4))
        else:
            by.append("BYDAY=" + some(DAYS, 3))
    if random.random() < 0.2:
        by.append("BYHOUR=" + some(range(24), 3))
    if random.random() < 0.2:
        by.append("BYMINUTE=" + some(range(60), 3))
    if random.random() < 0.1:
        by.append("BYSECOND=" + some(range(60), 2))
    if by and random.random() < 0.3:
        by.append("BYSETPOS=" + some(signed(random.choice([3, 30, 366])), 3))
        if freq == "WEEKLY":
            first = next((DAYS.index(p[5:]) for p in parts if p.startswith("WKST=")), 0)
            start -= timedelta(days=(start.weekday() - first) % 7)
    parts += random.sample(by, len(by))
    end = random.random()
    if end < 0.25:
        parts.append("COUNT=%d" % random.choice([1, 2, 3, 10, 30, 100]))
    elif end < 0.5:
        parts.append("UNTIL=" + text(start + timedelta(days=random.randint(0, 4000))))
    return start, ";".join(parts)


def text(moment):
    return moment.strftime("%Y%m%dT%H%M%S")


def starts(start, line, since, to):
    found = []
    for moment in rrulestr(line, dtstart=start):
        if moment >= to:
            break
        if moment >= since:
            found.append(text(moment))
            if len(found) > 40:
                return None
    return found


def main():
    random.seed(int(sys.argv[1]))
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    made = 0
    while made < int(sys.argv[2]):
        start = datetime(1996, 1, 1) + timedelta(days=random.randint(0, 9000), hours=random.randint(0, 23),
                                                 minutes=random.choice([0, 30]))
        start, line = rule(start)
        since = start + timedelta(days=random.choice([0, 0, 30, 400, 4000]))
        to = since + timedelta(days=random.choice([7, 60, 400, 1500, 4000]))
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        try:
            found = starts(start, line, since, to)
        except (TimeoutError, ValueError):
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        # One in twenty may be a rule that comes to nothing then.
        if found is None or (not found and random.random() > 0.05):
            continue
        made += 1
        print(text(start), line, text(since), text(to), ",".join(found), sep="\t", flush=True)


main()
