"""Writes a fleet of proposals into a folder, made of examples, with the profiles of their systems: `fleet.py NUMBER FOLDER`.

They take place in several weeks, some collide, some are in a freeze, and some are no valid proposals.
"""

import json
import pathlib
import re
import sys
from datetime import datetime, timedelta

number, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
SYSTEMS = ["payments-db", "wiki"]
BASES = ["blocked", "payments-db", "routine-patch", "fast-track"]
CONFIGURATION = """[proposals]
paths = ["proposals/*.json"]

[systems]
path = "systems"

[calendars]
files = ["*.ics"]
zone = "Europe/Berlin"
"""
FORMAT = "%Y-%m-%dT%H:%M:%S%z"


def moved(value, by):
    """All times of a proposal, so much later."""
    if isinstance(value, dict):
        return {key: moved(item, by) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, by) for item in value]
    if isinstance(value, str) and len(value) == 25 and value[10] == "T":
        return (datetime.strptime(value, FORMAT) + by).isoformat()
    return value


def of_another(value, team):
    """The same with other systems and other people, so that not all of a fleet collide."""
    if isinstance(value, dict):
        return {key: of_another(item, team) for key, item in value.items()}
    if isinstance(value, list):
        return [of_another(item, team) for item in value]
    if isinstance(value, str) and (value in SYSTEMS or re.fullmatch(r"@[a-z-]+", value)):
        return f"{value}-{team}"
    return value


def write(folder, name, value):
    (folder / f"{name}.json").write_text(json.dumps(value, indent=2, ensure_ascii=False))


def main():
    for name in ["proposals", "systems"]:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "changegate.toml").write_text(CONFIGURATION)
    for name in ["freezes", "windows"]:
        (folder / f"{name}.ics").write_bytes(pathlib.Path(f"examples/calendars/{name}.ics").read_bytes())
    bases = [json.loads(pathlib.Path(f"examples/{base}.json").read_text()) for base in BASES]
    for at in range(number):
        # A few share a system and its people, and may collide.
        team = at // 12
        proposal = of_another(bases[at % len(bases)], team)
        system = bases[at % len(bases)]["system"]["id"]
        profile = json.loads(pathlib.Path(f"examples/systems/{system}.json").read_text())
        write(folder / "systems", f"{system}-{team}", of_another(profile, team))
        proposal["id"] = f"CHG-2026-{at:04}"
        proposal["title"] = f"{proposal['title']} ({at})"
        for name in ["window", "freeze"]:
            if name in proposal:
                proposal[name] = moved(proposal[name], timedelta(days=at * 5 % 63, hours=at % 4))
        if at % 17 == 16:
            proposal["windw"] = proposal.pop("window")
        write(folder / "proposals", f"{at:05}", proposal)


main()
