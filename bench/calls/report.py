"""Tables that can be read as they are and pasted into a document."""

import dataclasses
import math
import statistics

from rig import DISTURBED, is_disturbed


@dataclasses.dataclass
class Row:
    """Some runs of one load on one server: what they had in the middle."""

    what: str
    server: str
    results: list
    base: "Row" = None  # what it is to be compared with

    def _used(self):
        return [one for one in self.results if not is_disturbed(one)] or self.results

    def middle(self, value):
        return statistics.median(value(one) for one in self._used())

    @property
    def cpu_ms(self):
        return self.middle(lambda one: one.cpu_ms)

    @property
    def mark(self):
        """An asterisk where no run was undisturbed."""
        return "*" if all(map(is_disturbed, self.results)) else ""

    def cells(self):
        used = self._used()
        return [
            self.what, self.server, f"{self.cpu_ms:.3f}{self.mark}",
            self._delay(lambda one: one.invite), self._delay(lambda one: one.answer),
            str(sum(one.failed for one in used)),
            str(len(used)) + (f" of {len(self.results)}" if len(used) < len(self.results) else "")]

    def _delay(self, of):
        return " / ".join(f"{self.middle(lambda one, i=i: of(one)[i]):.2f}" for i in (0, 1))


HEADS = ["load", "server", "CPU ms a call", "INVITE→INVITE p50 / p99 ms",
         "INVITE→200 p50 / p99 ms", "failed", "runs"]


def print_rows(title, rows):
    """A table of them, below each that has a base how many times that it is."""
    cells = []
    for row in rows:
        cells += [row.cells()] + ([_ratio(row)] if row.base else [])
    print_table(title, HEADS, cells)
    if any("*" in row[2] for row in cells):
        print(f"\n\\* other programs used {DISTURBED} % of a core or more meanwhile, at each try")


def _ratio(row):
    def by(value):
        return f"{_divided(row.middle(value), row.base.middle(value)):.2f}"

    of = row.base.server if row.base.server != row.server else row.base.what
    return ["", f"of {of}", by(lambda one: one.cpu_ms),
            by(lambda one: one.invite[0]) + " / " + by(lambda one: one.invite[1]),
            by(lambda one: one.answer[0]) + " / " + by(lambda one: one.answer[1]), "", ""]


def _divided(first, second):
    return first / second if second else math.nan


def print_table(title, heads, rows):
    """A table of text: a heading, then lines of one width."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    print(f"\n## {title}\n")
    for n, row in enumerate([heads, *rows]):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
        if n == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


@dataclasses.dataclass
class Wish:
    """A figure the project wants to reach, and what was found in those rows."""

    what: str
    found: str
    is_met: bool
    rows: tuple = ()

    def cells(self):
        mark = max((row.mark for row in self.rows), default="")
        return [self.what, self.found, ("yes" if self.is_met else "no") + mark]


def print_wishes(wishes):
    if wishes:
        print_table("Wanted", ["figure", "found", "met"], [wish.cells() for wish in wishes])
