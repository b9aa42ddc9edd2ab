"""A rule with gaps whose text hopes to be more than a text, and a case of it: `covered.py FOLDER`."""

import json
import pathlib
import sys

HOSTILE = "</li></ol><script>globalThis.pwned = 1</script><img src=x onerror=alert(1)>\u202e"

folder = pathlib.Path(sys.argv[1])
header = 'const RULE = #{ title: "A title", why: "A test.", help: "none", phases: ["plan"], level: "deny" };'
body = f"""fn check(p) {{
    // {HOSTILE}
    if p.title == () && p.ticket != () {{
        deny("{HOSTILE}");
    }}
    for approval in p.approvals {{ if approval.by == "x" {{ deny("{"x" * 3000}"); }} }}
}}
"""
(folder / "hostile.rhai").write_text(f"{header}\n{body}", encoding="utf-8")
case = {"name": "it passes", "base": "examples/payments-db.json", "expect": []}
(folder / "hostile.cases.json").write_text(json.dumps({"cases": [case]}), encoding="utf-8")
