"""Writes the shell of each template for other CI into a file of its own, so that it can be linted."""

import pathlib
import re
import sys

import yaml

folder = pathlib.Path(sys.argv[1])
folder.mkdir()
templates = pathlib.Path("examples/ci")


def write(name, text):
    (folder / f"{name}.sh").write_text("#!/bin/sh\n" + text, encoding="utf-8")


def read(name):
    return yaml.safe_load((templates / name).read_text(encoding="utf-8"))


write("gitlab", "\n".join(read("gitlab-ci.yml")["changegate"]["script"]) + "\n")
write("azure", next(step["bash"] for step in read("azure-pipelines.yml")["steps"] if "bash" in step))
write("buildkite", "\n".join(read("buildkite.yml")["steps"][0]["command"]).replace("$$", "$") + "\n")
write("jenkins", re.search(r"'''(.*?)'''", (templates / "Jenkinsfile").read_text(encoding="utf-8"), re.DOTALL)[1])
write("tekton", read("tekton/task.yaml")["spec"]["steps"][0]["script"])
write("argo", "\n".join(read("argo/workflow-template.yaml")["spec"]["templates"][0]["container"]["args"]) + "\n")
