"""The scorecard, in Markdown: a row for each fault, and a table of what the kills did."""

from collections import Counter

VERDICTS = "survived", "FAILED", "not run", "not covered", "not applicable"
HEAD = "| fault | what is injected | times | survived | where it is proved |\n|---|---|---|---|---|"


class Row:
    """One fault and what came of it."""

    def __init__(self, fault, scenarios, units, kills=None):
        """`scenarios`, `units`: outcomes; `kills`: how many there were and whether all is well."""
        self.fault, self._scenarios, self._units = fault, scenarios, units
        self._kills = kills

    @property
    def times(self):
        return (sum(one.times for one in self._scenarios)
                + (self._kills[0] if self._kills else 0)
                + (self._units.times if self._units else 0))

    @property
    def has_failed(self):
        return bool(self._kills and not self._kills[1]
                    or any(one.well < one.times for one in self._scenarios)
                    or self._units and self._units.well < self._units.times)

    @property
    def verdict(self):
        """One of VERDICTS."""
        if self.fault.why_not:
            return "not applicable"
        if not self.fault.is_covered:
            return "not covered"
        if self.has_failed:
            return "FAILED"
        return "survived" if self.times else "not run"

    def text(self):
        fault = self.fault
        what = fault.what
        if fault.missing and fault.is_covered:
            what += f" (not: {fault.missing})"
        where = [f"`{one.name}`" + ("" if one.times else f" ({one.skipped or 'not run'})")
                 for one in self._scenarios]
        if self._kills:
            where.insert(0, "the kills below")
        if fault.units:
            ran = "" if self._units else " (not run)"
            # A bar would end the cell.
            where.append(f"ctest `{fault.units}`{ran}".replace("|", "\\|"))
        if not fault.is_covered:
            where = [fault.why_not or fault.missing]
        return f"| {fault.name} | {what} | {self._count()} | {self._survived()} | " \
               f"{', '.join(where)} |"

    def _count(self):
        units = self._units.times if self._units else 0
        others = self.times - units
        words = [str(others)] if others else []
        if units:
            words.append(f"{units} unit tests" if units > 1 else "1 unit test")
        return " + ".join(words) or "–"

    def _survived(self):
        if self.verdict != "FAILED":
            return "all" if self.verdict == "survived" else self.verdict
        failed = [f"{one.name} {one.well} of {one.times}"
                  for one in (*self._scenarios, self._units) if one and one.well < one.times]
        if self._kills and not self._kills[1]:
            failed.insert(0, "the kills")
        return "**" + "; ".join(failed).replace("|", "\\|") + "**"


def show(rows, totals, kills, kill_rows, seconds, again):
    """Prints all of it. `totals`: scenarios and unit tests played."""
    print(f"\n{HEAD}")
    for row in rows:
        print(row.text())
    counts = Counter(row.verdict for row in rows)
    words = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]]
    print(f"\n{len(rows)} faults: {', '.join(words)}; injected {totals[0]} times by scenarios, "
          f"{kills} times by kills, and in {totals[1]} unit tests, in {seconds / 60:.0f} minutes.")
    if kill_rows:
        print("\n| kills | |\n|---|---|")
        for name, value in kill_rows:
            print(f"| {name} | {value} |")
    print(f"\nThe same again: `{again}`")
