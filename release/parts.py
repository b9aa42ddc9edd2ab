"""Corrects the list of parts (SBOM) of a program for a target: parts.py LIST TARGET.

It is made of what `cargo metadata` tells, which has crates that a dependency could take in by a feature that is off, and names the folder
it was built in. `cargo tree` knows which features are on. The time is SOURCE_DATE_EPOCH.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

path, target = pathlib.Path(sys.argv[1]), sys.argv[2]
tree = ["cargo", "tree", "--locked", "--edges", "normal,build", "--target", target, "--prefix", "none", "--format", "{p}"]
built = set()
for line in subprocess.run(tree, check=True, capture_output=True, text=True).stdout.splitlines():
    name, version = line.split()[:2]
    built.add((name, version.removeprefix("v")))

text = re.sub(r"path\+file://[^\"#]*#", "", path.read_text(encoding="utf-8"))
said = json.loads(text.replace("?download_url=file://.", ""))
gone = {part["bom-ref"] for part in said["components"] if (part["name"], part["version"]) not in built}
said["components"] = [part for part in said["components"] if part["bom-ref"] not in gone]
said["dependencies"] = [part for part in said["dependencies"] if part["ref"] not in gone]
for part in said["dependencies"]:
    part["dependsOn"] = [ref for ref in part.get("dependsOn", []) if ref not in gone]
time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
said["metadata"]["timestamp"] = time.isoformat().replace("+00:00", "Z")
said["metadata"]["properties"] = [{"name": "cdx:rustc:sbom:target:triple", "value": target}]
# Of what it holds, so that the same parts have the same list.
held = json.dumps({key: value for key, value in said.items() if key != "serialNumber"}, sort_keys=True)
said["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, held)}"
path.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8", newline="\n")
