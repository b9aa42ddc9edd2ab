"""Writes a proposal of the tests: the routine patch of the examples, with or without what the rule of the tests wants."""

import json
import os
import sys

file, kind = sys.argv[1:]
with open("examples/routine-patch.json", encoding="utf-8") as example:
    proposal = json.load(example)
proposal["$schema"] = "../schemas/proposal-v1.json"
proposal["system"] = {"id": "wiki"}
approval = {"by": "@ida", "role": "owner", "at": "2026-11-20T12:00:00+01:00", "reference": "OPS-812"}
if kind != "blocked":
    proposal["ticket"] = "OPS-812"
if kind == "warned":
    del approval["reference"]
if kind == "hostile":
    proposal["ticket"] = "::error::x ##[error] @acme/everyone <!-- changegate --> \u001b[31m"
proposal["approvals"] = [approval]
os.makedirs(os.path.dirname(file), exist_ok=True)
with open(file, "w", encoding="utf-8") as out:
    json.dump(proposal, out, indent=2, ensure_ascii=False)
