"""Packs a folder into an archive, the same bytes for the same files on any machine: pack.py FOLDER ARCHIVE. The time is SOURCE_DATE_EPOCH."""

import gzip
import os
import pathlib
import sys
import tarfile

folder, archive = pathlib.Path(sys.argv[1]), sys.argv[2]
time = int(os.environ["SOURCE_DATE_EPOCH"])
with open(archive, "wb") as file, gzip.GzipFile("", "wb", 9, file, time) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
        entry.size, entry.mtime = path.stat().st_size, time
        # Windows has no bit that says what is run.
        entry.mode = 0o755 if path.stem == "changegate" and path.suffix in ("", ".exe") else 0o644
        with path.open("rb") as content:
            tar.addfile(entry, content)
