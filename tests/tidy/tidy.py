#!/usr/bin/env python3
"""Checks the house rules over the whole tree: size, includes, clocks, money, SQL, words.

Usage: tests/tidy/tidy.py [ROOT]
Exit: 0 clean, 1 something is not; each finding is one line, FILE:LINE: what, (rule).
"""

import pathlib
import sys

import cpp
import layout
import modules
import sql
import text

RULES = (
    *text.RULES,
    *cpp.RULES,
    *sql.RULES,
    *modules.RULES,
    *layout.RULES,
)


def findings(root):
    """Every rule over the tree, sorted."""
    tree = layout.Tree(root)
    return sorted(finding for rule in RULES for finding in rule(tree))


def main():
    default = pathlib.Path(__file__).resolve().parents[2]
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    found = findings(root)
    for file, line, what in found:
        print(f"{file}:{line}: {what}")
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
