"""Hours of calls, or half a minute of them, through all that happens to a server meanwhile; in the
end nothing is left of them but true books, and the server has not grown."""

import csv
import time
from collections import Counter
from decimal import Decimal

from crowd import Crowd
from dice import seeded
from heard import Comparison
from mishaps import Mishaps, audit, export
from vitals import Vitals, growth_kb_per_s, look_at, series

OPENING = Decimal("1000000.000")
# Of a hundred callers: they talk, find a busy phone, find nobody, give up while it rings.
TALK, BUSY, NOBODY, GIVE_UP = 70, 10, 10, 10
REPEATED_S = 0, 0.5, 1.5, 3.5, 7.5  # when a BYE is said that nobody answers
ON_ITS_WAY_S = 0.05  # of a BYE, when the server is stopped
CAUGHT_UP_S = 0.25  # after a stop, in which the messages of a second have piled up
ENDS_S = 45  # after the last caller: the longest ringing, and a BYE that nobody answers
# What the heap and the caches of the store (16 MB a connection) may still take once all are warm.
LOOSE_KB = 30_000
LEAST_SEEN = 5  # seconds
MOST_MORE_FILES = 8  # connections of hotlinectl and readers of the database come and go


class Plan:
    """How long, how many, and what of all that may happen does."""

    def __init__(self, seconds, rate, talks_s, apart_s, log_level="info",
                 kills_until_s=0, warm_up_s=0, least_talked=0.8, leak_per_call=None,
                 most_kb=None):
        self.seconds, self.rate, self.talks_s, self.apart_s = seconds, rate, talks_s, apart_s
        self.log_level, self.kills_until_s, self.warm_up_s = log_level, kills_until_s, warm_up_s
        self.least_talked = least_talked  # of those that are to: not all while a store is held
        self.leak_per_call, self.most_kb = leak_per_call, most_kb


class Soak:
    """One of them on a stage."""

    def __init__(self, stage, plan):
        self._stage, self._plan = stage, plan
        self._dice = seeded(stage.seed, "instants")
        self._crowd = Crowd(stage, seeded(stage.seed, "callers"))
        self._mishaps = self._vitals = self._idle = None
        self.problems = []

    def play(self):
        """Returns what is wrong, a sentence each."""
        stage = self._stage
        for name, behaviour, values in (("desk", "answer", {"ring_ms": 200}),
                                        ("busy", "reject", {}),
                                        ("patient", "answer", {"ring_ms": 60_000})):
            self._crowd.phone(name, behaviour, **values)
        stage.open(balance=str(OPENING), log_level=self._plan.log_level)
        self._idle = look_at(stage.server.pid)
        self._mishaps = Mishaps(stage, seeded(stage.seed, "mishaps"))
        self._vitals = Vitals(stage.server)
        try:
            self._call()
            over = time.monotonic()
            self._end()
        finally:
            self._vitals.stop()
        self._compare()
        self._look_at_growth(over)
        return self.problems

    def _call(self):
        """Has the crowd call, and things happen meanwhile."""
        plan, crowd = self._plan, self._crowd
        for talk_s in plan.talks_s:
            crowd.callers("talks", plan.rate * TALK / 100 / len(plan.talks_s), "4001234567",
                          talk_ms=int(1000 * talk_s))
        crowd.callers("is_refused", plan.rate * BUSY / 100, "4001234568", status=486)
        crowd.callers("is_refused", plan.rate * NOBODY / 100, "4001234569", status=480)
        crowd.callers("cancels", plan.rate * GIVE_UP / 100, "4001234569", ring_ms=700)
        began = time.monotonic()
        passed = 0
        while True:
            wait_s = self._dice.uniform(*plan.apart_s)
            if passed + wait_s > plan.seconds:
                time.sleep(max(0, plan.seconds - passed))
                return
            time.sleep(wait_s)
            at = time.monotonic() - began
            words = self._mishaps.draw(may_kill=at < plan.kills_until_s)
            passed = time.monotonic() - began
            print(f"{at:7.1f} s  {words}", flush=True)

    def _end(self):
        """Waits until all calls are over, and nothing is held for them."""
        stage = self._stage
        self._note(not self._crowd.ended_early(), f"ended early: {self._crowd.ended_early()}")
        self._crowd.begin_no_more()
        seconds = max(self._plan.talks_s) + ENDS_S
        end = time.monotonic() + seconds
        while self._crowd.is_speaking() and time.monotonic() < end:
            time.sleep(0.2)
        stage.wait_for_silence(ENDS_S)
        for counter in ("legs", "lines_in_use", "audio_legs"):
            stage.wait_until(lambda: not stage.counter(counter), f"the release of all {counter}",
                             ENDS_S)
        # A call is over a few milliseconds before its record is durable.
        stage.wait_until(lambda: not self._reserved(), "the return of all that was reserved")

    def _reserved(self):
        accounts = self._stage.ctl.ask("account", "list")["accounts"]
        return sum(Decimal(self._stage.ctl.account(one["name"])["reserved"]) for one in accounts)

    def _compare(self):
        """Holds what callers heard against the records and the money."""
        heard = self._crowd.heard()
        file = self._stage.home / "all.csv"
        export(self._stage.ctl, file, "--no-bom", "--columns",
               "caller_leg_id,billable_ms,charge,calls")
        with open(file, encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        # A tab keeps spreadsheets from taking a Call-ID for a date.
        billed = ((row["caller_leg_id"].rstrip("\t"), int(row["billable_ms"])) for row in rows)
        found = Comparison(heard, billed, self._late_ms)
        counted = sum(int(row["calls"]) for row in rows)
        fates = Counter("talked" if one.answered else one.fate or "unknown"
                        for one in heard.values())
        print(f"{len(heard)} calls: {dict(fates)}; {len(rows)} records; "
              f"{self._mishaps.count} mishaps, {self._mishaps.kills} of them kills")
        print(f"records lost {len(found.lost)}, doubled {len(found.doubled)}, "
              f"billed for longer than was talked {len(found.over)}; "
              f"gone before they were written down, never answered {len(heard) - counted}")
        found.show()
        self._note(found.is_well(), "callers and records do not agree")
        self._note(self._mishaps.kills or counted == len(heard), f"{counted} calls are recorded")
        least = self._plan.least_talked * TALK / 100 * len(heard)
        self._note(fates["talked"] > least, f"only {fates['talked']} of {len(heard)} talked")
        charged = sum(Decimal(row["charge"]) for row in rows)
        balance = Decimal(self._stage.ctl.account("acme")["balance"])
        self._note(balance + charged == OPENING + self._mishaps.paid,
                   f"{OPENING} and {self._mishaps.paid} paid, {charged} charged, {balance} left")
        print(audit(self._stage.ctl))

    def _late_ms(self, one):
        """A caller that reads its answer late believes that it has talked for less. A BYE ends a
        talk when it comes, though the server stands still. But what comes then may find no room
        in the kernel, and counts when it is said again."""
        late_ms = self._crowd.late_ms(one.answered)
        for begin, end in self._mishaps.frozen:
            if one.ended is not None and begin - ON_ITS_WAY_S <= one.ended <= end + CAUGHT_UP_S:
                heard_s = next(s for s in REPEATED_S if one.ended + s >= end)
                late_ms += 1000 * (heard_s + CAUGHT_UP_S)
        return late_ms

    def _look_at_growth(self, over):
        plan = self._plan
        seen = self._vitals.since_restart(over, plan.warm_up_s)
        print(f"MB since the last start: {series(self._vitals.since_restart(over))}")
        end = look_at(self._stage.server.pid)
        most = max((one.files for one in seen), default=0)
        print(f"files: {self._idle.files} at the start, {most} at most, {end.files} in the end; "
              f"MB in the end: {end.resident_kb / 1024:.1f}")
        self._note(max(most, end.files) <= self._idle.files + MOST_MORE_FILES,
                   "files are left open")
        if len(seen) < LEAST_SEEN:
            self.problems.append("too short for its growth to be seen")
            return
        slope = growth_kb_per_s(seen)
        print(f"growth after the first {plan.warm_up_s} s, in {len(seen)} s: {slope:.1f} kB/s")
        if plan.leak_per_call is not None:
            bound = LOOSE_KB / len(seen) + plan.leak_per_call * plan.rate / 1024
            print(f"the most it may grow by: {bound:.1f} kB/s")
            self._note(slope < bound, f"it grows by {slope:.1f} kB/s")
        grown = end.resident_kb - self._idle.resident_kb
        print(f"grown by {grown} kB since it was idle")
        if plan.most_kb is not None:
            self._note(grown < plan.most_kb, f"it has grown by {grown} kB")

    def _note(self, is_well, problem):
        if not is_well:
            self.problems.append(problem)
