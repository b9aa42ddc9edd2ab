"""Links of the documents that lead out of `docs/`, as the site has them: to the repository, whose address stands in Cargo.toml."""

import json
import pathlib
import posixpath
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")


def chapters(items):
    for item in items:
        if chapter := isinstance(item, dict) and item.get("Chapter"):
            yield chapter
            yield from chapters(chapter["sub_items"])


def leading(target, folder, repository):
    """Where a link leads from a page in this folder of `docs/`."""
    if "://" in target or target.startswith("#"):
        return target
    path, _, fragment = target.partition("#")
    path = posixpath.normpath(posixpath.join("docs", folder, path))
    if path.startswith("docs/"):
        return target
    kind = "tree" if (ROOT / path).is_dir() else "blob"
    return f"{repository}/{kind}/main/{path}" + (f"#{fragment}" if fragment else "")


def main():
    if sys.argv[1:2] == ["supports"]:
        return
    context, book = json.load(sys.stdin)
    with (ROOT / "Cargo.toml").open("rb") as manifest:
        repository = tomllib.load(manifest)["package"]["repository"]
    for chapter in chapters(book["items"]):
        folder = posixpath.dirname(chapter["path"])
        text = chapter["content"].split("\n```")
        # Every second part is a block, of which nothing is a link.
        text[::2] = [LINK.sub(lambda link: f"]({leading(link[1], folder, repository)})", part) for part in text[::2]]
        chapter["content"] = "\n```".join(text)
    json.dump(book, sys.stdout)


main()
