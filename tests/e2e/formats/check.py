"""Judges proposals, and gives the reports to what reads them.

Called by `run` with the program, the validator of SARIF and a folder to work in.
"""

import html.parser
import json
import pathlib
import shutil
import subprocess
import sys
import xml.parsers.expat

import cmarkgfm
import junitparser

CHANGEGATE, VALIDATOR, WORK = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
# A copy of what is judged, in which a file may be called anything.
TREE = WORK / "tree"
NOW = "2026-11-21T12:00:00Z"
FORMATS = ["sarif", "junit", "markdown", "github", "gitlab", "azure", "json"]
# Each sign by which a log, Markdown, HTML or XML could be made to obey.
HOSTILE = "::error::x ##[error]y ##vso[task.complete] @org/team #12 www.evil.example bo@evil.example <b>x</b> <!-- x --> ![i](https://evil.example/j) ]]> & \" ' | ` \u202e\u200b \\u0007 \ufffe\uffff\ufdd0\U0001ffff [a](https://evil.example) [b](0) {0} {{1}} [c\\](1) \u0001\u0085\u009f\x7f"


def hostile(folder):
    """A proposal whose every text is hostile, and so is its name."""
    proposal = json.loads(pathlib.Path("examples/blocked.json").read_text())

    def spoil(value, key=None):
        if isinstance(value, dict):
            return {name: spoil(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [spoil(part) for part in value]
        if isinstance(value, str) and key in ("title", "purpose", "plan", "reason", "name", "purpose", "benefit"):
            return HOSTILE
        return value

    name = "::error::@org ##[x] <b>&.json"
    (folder / name).write_text(json.dumps(spoil(proposal)))
    return name


def judge(name, proposals, expected):
    """Writes a report of each format, and gives their paths."""
    files = {form: WORK / f"{name}.{form}" for form in FORMATS}
    reports = [part for form, file in files.items() for part in ("--report", f"{form}={file}")]
    command = [CHANGEGATE, "check", "-C", str(TREE), "--now", NOW, *reports, *proposals]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != expected:
        sys.exit(f"{name}: {ended.returncode} and not {expected}\n{ended.stdout}{ended.stderr}")
    return files


def sarif(file):
    """No result of the validator, be it of the schema, of the standard or of code scanning."""
    output = file.with_suffix(".validated.sarif")
    command = [VALIDATOR, "validate", str(file), "--rule-kind", "Sarif;Ghas", "--output", str(output), "--log", "ForceOverwrite"]
    ended = subprocess.run(command, capture_output=True, text=True)
    found = json.loads(output.read_text())["runs"][0]
    told = [(result["ruleId"], result["message"]) for result in found.get("results", [])]
    told += found["invocations"][0].get("toolConfigurationNotifications", [])
    if ended.returncode != 0 or told:
        sys.exit(f"{file.name}: {told}\n{ended.stdout}")


class Tags(html.parser.HTMLParser):
    """The elements of a text, and what stands outside of code."""

    ALLOWED = {"h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "br", "wbr"}

    def __init__(self):
        super().__init__()
        self.code, self.outside, self.strange, self.comments = 0, [], [], []

    def handle_starttag(self, tag, attributes):
        self.code += tag == "code"
        if tag not in self.ALLOWED or [name for name, _ in attributes if name != "align"]:
            self.strange.append((tag, attributes))

    def handle_endtag(self, tag):
        self.code -= tag == "code"

    def handle_data(self, data):
        if not self.code:
            self.outside.append(data)

    def handle_comment(self, data):
        self.comments.append(data.strip())


def markdown(file):
    """What GitHub makes of it has no element of others, and no mention, number or address outside of code."""
    text = file.read_text()
    assert len(text) < 65_000, len(text)
    rendered = cmarkgfm.github_flavored_markdown_to_html(text, options=cmarkgfm.Options.CMARK_OPT_UNSAFE)
    tags = Tags()
    tags.feed(rendered)
    outside = " ".join(tags.outside)
    assert not tags.strange, (file.name, tags.strange)
    assert tags.comments == ["changegate"], (file.name, tags.comments)
    for taken_up in ("@", "#1", "://"):
        assert taken_up not in outside, (file.name, taken_up, outside)


def junit(file, expected):
    """It is XML to the letter, with as many failures and errors as the outcome says."""
    xml.parsers.expat.ParserCreate().Parse(file.read_bytes(), True)
    suites = list(junitparser.JUnitXml.fromfile(str(file)))
    failures, errors = sum(suite.failures for suite in suites), sum(suite.errors for suite in suites)
    cases = [case for suite in suites for case in suite]
    assert sum(suite.tests for suite in suites) == len(cases) > 0, file.name
    assert (failures > 0, errors > 0) == {0: (False, False), 1: (True, False), 2: (failures > 0, True)}[expected], (failures, errors)


def gitlab(file, expected):
    """The fields that GitLab asks for, and fingerprints that differ."""
    issues = json.loads(file.read_text())
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue), issue
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), file.name
    assert any(issue["severity"] in ("critical", "blocker") for issue in issues) == (expected != 0), file.name


def log(file):
    """Each line that begins as a command is one that the gate makes."""
    for line in file.read_text().split("\n"):
        ours = line.startswith(("::error file=", "::error title=", "::warning file=", "::warning title=", "::notice file=", "##vso[task.logissue type=", "changegate: "))
        assert ours or not line, (file.name, line)
        assert "##[" not in line and line.count("##vso[") <= 1, (file.name, line)


shutil.copytree("examples", TREE / "examples")
shutil.copy("changegate.toml", TREE)
RUNS = [
    ("pass", ["examples/payments-db.json"], 0),
    ("blocked", ["examples/blocked.json", "examples/payments-db.json"], 1),
    ("hostile", [hostile(TREE)], 1),
    ("undecided", ["no-such-folder/*.json"], 2),
]
for name, proposals, expected in RUNS:
    files = judge(name, proposals, expected)
    sarif(files["sarif"])
    junit(files["junit"], expected)
    markdown(files["markdown"])
    gitlab(files["gitlab"], expected)
    log(files["github"])
    log(files["azure"])
    print(f"{name}: all reports are read as they should be")
