"""What happens to a server in a long day, at instants that dice choose: rules that change, rules
that are wrong, payments, exports, audits, a database that somebody holds, a stop, a kill."""

import contextlib
import sqlite3
import time
from decimal import Decimal

from support.freeze import frozen

HOTLINE = "hotlines/4001234567.toml"
FREEZE_S = 1
LOCK_S = 1, 3
READING_S = 600  # an export and an audit of hours of calls take their time
BACK_S = 5  # wanted: 2; on a machine that has two cores for callers, phones and server


class Mishaps:
    """Each is a method; draw() deals them like cards, so that each comes up."""

    KINDS = "reload", "bad_reload", "recharge", "export", "audit", "lock", "freeze"

    def __init__(self, stage, dice):
        self._stage, self._dice, self._deck = stage, dice, []
        self._good = (stage.config / HOTLINE).read_text(encoding="utf-8")
        self._ring_s = 2
        self.paid, self.frozen, self.kills, self.count = Decimal(0), [], 0, 0

    def draw(self, may_kill):
        """Has one happen. Returns what was done, in words."""
        if not self._deck:
            self._deck = list(self.KINDS) + ["kill"] * may_kill
            self._dice.shuffle(self._deck)
        kind = self._deck.pop()
        if kind == "kill" and not may_kill:
            return self.draw(may_kill)
        self.count += 1
        began = time.monotonic()
        words = getattr(self, kind)()
        return f"{kind}: {words}, {time.monotonic() - began:.2f} s"

    def reload(self):
        """Good rules that differ from those in use."""
        self._ring_s = 5 - self._ring_s
        self._write(self._good.replace("ring_s = 2", f"ring_s = {self._ring_s}"))
        code, out, err = self._stage.ctl.run("reload")
        assert code == 0 and "1 hotline changed" in out, (code, out, err)
        return f"ring_s = {self._ring_s}"

    def bad_reload(self):
        """Rules that make no sense: nothing changes."""
        was = (self._stage.config / HOTLINE).read_text(encoding="utf-8")
        version = self._version()
        self._write(was.replace('to = "group:all"', 'to = "group:nobody"'))
        code, out, err = self._stage.ctl.run("reload")
        self._write(was)
        assert code == 1 and "4001234567.toml:" in out + err, (code, out, err)
        assert self._version() == version, "a reload that was refused has changed something"
        return "refused"

    def recharge(self):
        amount = Decimal(self._dice.randrange(1, 100_000)) / 1000
        self._stage.ctl.recharge("acme", f"{amount:.3f}", f"soak-{self.count}")
        self.paid += amount
        return f"{amount:.3f} yuan"

    def export(self):
        file = self._stage.home / "export.csv"
        export(self._stage.ctl, file)
        return f"{file.stat().st_size // 1000} kB"

    def audit(self):
        return audit(self._stage.ctl)

    def lock(self):
        """Somebody holds the database."""
        held_s = self._dice.uniform(*LOCK_S)
        (database,) = (self._stage.home / "state").glob("*.db")
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as books:
            books.execute("BEGIN IMMEDIATE")
            time.sleep(held_s)
            books.execute("ROLLBACK")
        return "held"

    def freeze(self):
        """A stop, as of a machine that is moved."""
        begin = time.time()
        with frozen(self._stage):
            time.sleep(FREEZE_S)
        self.frozen.append((begin, time.time()))
        return "stood still"

    def kill(self):
        server = self._stage.server
        server.kill()
        self.kills += 1
        # Who starts it reads its log again and again.
        server.log_path.rename(server.log_path.with_suffix(f".log{self.kills}"))
        killed = time.monotonic()
        self._stage.restart()
        back_s = time.monotonic() - killed
        assert back_s < BACK_S, f"back after {back_s:.1f} s"
        return f"back after {back_s:.2f} s"

    def _write(self, text):
        (self._stage.config / HOTLINE).write_text(text, encoding="utf-8")

    def _version(self):
        return self._stage.ctl.ask("status")["snapshot"]["version"]


def export(ctl, file, *words):
    code, out, err = ctl.run("cdr", "export", "-o", file, *words, seconds=READING_S)
    assert code == 0, (code, out, err)


def audit(ctl):
    code, out, err = ctl.run("audit", seconds=READING_S)
    assert code == 0 and "the books hold" in out, (code, out, err)
    return "the books hold"
