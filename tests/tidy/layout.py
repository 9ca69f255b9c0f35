"""The tree, and what must stand where: folders, documents, decisions, scripts, scenarios."""

import functools
import os
import re

SKIPPED = {".git", ".mirror", "build", "__pycache__"}


class Tree:
    """The files of the project, read once."""

    def __init__(self, root):
        self.root = root
        self.files = sorted(self._walk())

    def _walk(self):
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED and not f.startswith("build")]
            for name in files:
                yield os.path.relpath(os.path.join(folder, name), self.root)

    def under(self, folders, suffixes):
        """Files in those folders whose name ends like that."""
        return [f for f in self.files if f.startswith(folders) and f.endswith(suffixes)]

    @functools.lru_cache(maxsize=None)
    def text(self, file):
        with open(self.root / file, encoding="utf-8", newline="") as opened:
            return opened.read()

    def lines(self, file):
        return self.text(file).split("\n")


def folder_table(tree):
    """src/README.md lists exactly the folders of src."""
    if "src/README.md" not in tree.files:
        yield "src/README.md", 1, "missing: the table of the folders of src"
        return
    listed = set(re.findall(r"^\| \[?`?(\w+)/?`?", tree.text("src/README.md"), re.MULTILINE))
    listed -= {"folder"}
    there = {f.split("/")[1] for f in tree.files if f.startswith("src/") and f.count("/") > 1}
    for name in sorted(there - listed):
        yield "src/README.md", 1, f"does not list src/{name}"
    for name in sorted(listed - there):
        yield "src/README.md", 1, f"lists src/{name}, which does not exist"


def links(tree):
    """A link to a file of the project leads to one."""
    for file in tree.under("", (".md",)):
        for number, line in enumerate(tree.lines(file), 1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if re.match(r"[a-z]+:", target):
                    continue
                path = os.path.normpath(os.path.join(os.path.dirname(file), target))
                if not (tree.root / path).exists():
                    yield file, number, f"links to {target}, which does not exist"


def decisions(tree):
    """docs/adr holds NNNN-name.md without gaps, each with context, decision and consequences."""
    files = [f for f in tree.under("docs/adr/", (".md",)) if not f.endswith("README.md")]
    for number, file in enumerate(files, 1):
        if not re.match(rf"docs/adr/{number:04}-[a-z0-9-]+\.md$", file):
            yield file, 1, f"expected decision {number:04} here, as NNNN-name.md"
        for heading in ("Context", "Decision", "Consequences"):
            if not re.search(rf"^(#+ |\*\*){heading}", tree.text(file), re.MULTILINE):
                yield file, 1, f"has no {heading}"


def scripts(tree):
    """A bash script stops at errors, says how it is used, and can be executed."""
    for file in tree.under(("scripts/", ".ci/", "bench/", "tests/"), ""):
        if "." in os.path.basename(file) or not tree.text(file).startswith("#!"):
            continue
        if not os.access(tree.root / file, os.X_OK):
            yield file, 1, "cannot be executed"
        if "bash" not in tree.lines(file)[0]:
            continue
        if not tree.lines(file)[1].startswith("# "):
            yield file, 2, "does not begin by saying what it is"
        if "\nset -euo pipefail\n" not in tree.text(file):
            yield file, 1, "lacks set -euo pipefail"


def scenarios(tree):
    """Every scenario says what it plays and what is expected of it."""
    folders = {f.split("/")[2] for f in tree.under("tests/scenario/", "/scenario.py")}
    for name in sorted(folders):
        if f"tests/scenario/{name}/expected.json" not in tree.files:
            yield f"tests/scenario/{name}/scenario.py", 1, "has no expected.json"


RULES = (folder_table, links, decisions, scripts, scenarios)
