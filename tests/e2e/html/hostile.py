"""Writes proposals whose texts try to be markup: `hostile.py FOLDER`."""

import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
TEXTS = [
    "<script>globalThis.pwned = 1</script>",
    "<img src=x onerror=\"globalThis.pwned = 1\">",
    "\"><svg onload=globalThis.pwned=1>",
    "' onfocus='globalThis.pwned = 1' autofocus='",
    "</style><style>* { display: none }</style>",
    "</script><script>globalThis.pwned = 1</script>",
    "--><script>globalThis.pwned = 1</script><!--",
    "]]></svg></title><base href=https://evil.example/>",
    "`<b>${globalThis.pwned = 1}</b>` &lt;script&gt; &#60;script&#62; {{7*7}} javascript:globalThis.pwned=1",
    "\u202eright to left\u202c \u2066x\u2069 \u200b \u0085 \u001b[31m \u0000 \ufffe\uffff\ufdd0\U0001ffff",
]


def hostile(value, at):
    """All texts that need not have a form, with another one each."""
    if isinstance(value, dict):
        return {key: hostile(item, f"{at}/{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [hostile(item, f"{at}/{index}") for index, item in enumerate(value)]
    if isinstance(value, str) and " " in value:
        return TEXTS[len(at) % len(TEXTS)] + value
    return value


def main():
    folder.mkdir(parents=True, exist_ok=True)
    proposal = hostile(json.loads(pathlib.Path("examples/blocked.json").read_text()), "")
    proposal["title"] = "".join(TEXTS[:3])
    proposal["approvals"][0]["by"] = "@<b>"
    proposal["rollback"]["plan"] = TEXTS[0]
    proposal["window"]["reason"] = TEXTS[1]
    (folder / "<img src=x onerror=alert(1)>.json").write_text(json.dumps(proposal, indent=2))
    (folder / "broken.json").write_text("{ \"" + TEXTS[0] + "\": 1, \"title\": \"" + TEXTS[5] + "\" \"")
    # Of those that can be judged, too, each text is somewhere.
    del proposal["approvals"][0]
    for at, text in enumerate(TEXTS):
        proposal["title"] = text[:100]
        proposal["reason"]["purpose"] = text
        proposal["change"]["rollout"]["stages"][0]["name"] = text[:80]
        (folder / f"{at}.json").write_text(json.dumps(proposal, indent=2))


main()
