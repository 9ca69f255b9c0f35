"""Rules about text of every kind: width, length, blanks, paths of somebody's machine."""

import re

CODE = (".h", ".cpp", ".c", ".py", ".cmake", "CMakeLists.txt")
PLAIN = CODE + (".md", ".toml", ".json", ".xml", ".txt", ".csv", ".flow", ".yml")
MOST_COLUMNS = 100
MOST_LINES = 500
# Folders that exist on one machine only.
MACHINE_PATHS = re.compile(r"(?<![\w.{}$])/(?:work|root|home)/\w")


def _plain(tree):
    scripts = [f for f in tree.under(("scripts/", ".ci/"), "") if "." not in f.split("/")[-1]]
    return tree.under("", PLAIN) + scripts


def columns(tree):
    """Code is at most 100 columns wide."""
    for file in tree.under("", CODE):
        for number, line in enumerate(tree.lines(file), 1):
            if len(line) > MOST_COLUMNS:
                yield file, number, f"{len(line)} columns, {MOST_COLUMNS} at most"


def length(tree):
    """A file of code has at most 500 lines."""
    for file in tree.under("", CODE):
        count = tree.text(file).count("\n")
        if count > MOST_LINES:
            yield file, MOST_LINES, f"{count} lines, {MOST_LINES} at most"


def blanks(tree):
    """No tabs, no blanks at the end of a line, one newline at the end of a file."""
    for file in _plain(tree):
        for number, line in enumerate(tree.lines(file), 1):
            if "\t" in line or "\r" in line:
                yield file, number, "a tab or carriage return"
            if line.endswith(" "):
                yield file, number, "blanks at the end of the line"
        if tree.text(file) and not re.search(r"[^\n]\n\Z", tree.text(file)):
            yield file, tree.text(file).count("\n"), "does not end with exactly one newline"


def machine_paths(tree):
    """Nothing names a folder of the machine it was written on."""
    for file in _plain(tree):
        if file.startswith("tests/tidy/"):
            continue
        for number, line in enumerate(tree.lines(file), 1):
            if MACHINE_PATHS.search(line):
                yield file, number, "names a path of one machine"


RULES = (columns, length, blanks, machine_paths)
