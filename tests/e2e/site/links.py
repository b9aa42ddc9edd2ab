"""Follows each link and each picture of a site: inside of it to a file and to what the fragment names, out of it to a file of this repository."""

import html.parser
import pathlib
import posixpath
import sys
import tomllib
import urllib.parse

site = pathlib.Path(sys.argv[1])
repository = tomllib.loads(pathlib.Path("Cargo.toml").read_text(encoding="utf-8"))["package"]["repository"]


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name"):
                self.anchors.add(value)
            elif name in ("href", "src") and value is not None:
                self.links.append(value)


pages = {str(path.relative_to(site)): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
if len(pages) < 20:
    sys.exit(f"{site} has {len(pages)} pages, which is no site")


def broken(page, link):
    if link.startswith(repository):
        kind, _, path = link.removeprefix(repository).strip("/").partition("/main/")
        path = pathlib.Path(urllib.parse.unquote(path.split("#")[0]))
        is_there = {"": True, "blob": path.is_file(), "tree": path.is_dir()}.get(kind, False)
        return None if is_there else "is nothing of this repository"
    address = urllib.parse.urlsplit(link)
    if address.scheme:
        return None if address.scheme == "https" else "is no https"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), urllib.parse.unquote(address.path))) if address.path else page
    if not (site / path).is_file():
        return "leads to no file"
    fragment = urllib.parse.unquote(address.fragment)
    if fragment and path in pages and fragment not in pages[path].anchors:
        return "leads to no heading"
    return None


wrong, counted = [], 0
for name, page in sorted(pages.items()):
    for link in page.links:
        counted += 1
        if why := broken(name, link):
            wrong.append(f"{name}: {link} {why}")
if wrong:
    sys.exit("\n".join(sorted(set(wrong))))
print(f"{counted} links of {len(pages)} pages hold")
