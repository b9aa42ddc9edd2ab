"""Prints the configuration of pre-commit that docs/hooks.md shows, with a wheel that is here: hooks.py DOCUMENT WHEEL."""

import hashlib
import pathlib
import re
import sys

document, wheel = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
part = document.read_text(encoding="utf-8").split("### pre-commit without a compiler\n")[1]
block = re.search(r"^```yaml\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)[1]
here, count = re.subn(r"https://\S*\.whl#sha256=DIGEST", f"{wheel.as_uri()}#sha256={hashlib.sha256(wheel.read_bytes()).hexdigest()}", block)
if count != 1:
    sys.exit(f"{document}: the configuration names no wheel, or several")
print(here)
