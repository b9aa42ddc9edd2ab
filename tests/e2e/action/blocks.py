"""Writes each block of documents that is a workflow into a file of its own, so that it can be linted."""

import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir()
for document in [pathlib.Path("README.md"), *sorted(pathlib.Path("docs").glob("*.md"))]:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for number, block in enumerate(blocks):
        if re.search(r"^jobs:", block, re.MULTILINE):
            (folder / f"{document.stem}-{number}.yml").write_text(block, encoding="utf-8")
