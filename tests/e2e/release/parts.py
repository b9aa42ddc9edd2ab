"""Holds a list of parts (SBOM) against the schema of CycloneDX, and against the lockfile: parts.py LIST LOCKFILE."""

import json
import pathlib
import sys
import tomllib

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
said = json.loads(text)
fault = JsonStrictValidator(SchemaVersion.from_version(said["specVersion"])).validate_str(text)
if fault:
    sys.exit(f"{sys.argv[1]}: {fault}")
locked = {f"pkg:cargo/{it['name']}@{it['version']}" for it in tomllib.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))["package"]}
parts = {part["purl"].split("?")[0] for part in said["components"]}
if unknown := parts - locked:
    sys.exit(f"{sys.argv[1]}: not in the lockfile: {sorted(unknown)}")
names = {part.split("/")[1].split("@")[0] for part in parts}
if missing := {"rhai", "ring", "jiff", "serde_json"} - names:
    sys.exit(f"{sys.argv[1]}: does not name {sorted(missing)}")
# Of tests, and of features that are off.
if told := {"criterion", "insta", "trycmd", "aws-lc-rs", "reqwest"} & names:
    sys.exit(f"{sys.argv[1]}: names what the program does not have: {sorted(told)}")
if "file:" in text:
    sys.exit(f"{sys.argv[1]}: names a folder of the machine that it was built on")
print(f"{len(parts)} parts, of {said['metadata']['component']['name']} {said['metadata']['component']['version']}")
