"""A crowd of callers, and phones that take their calls: sipps that write down what became of each
call instead of every message, so that hours of calls leave files of a bearable size."""

import pathlib
import shutil
import signal
import subprocess
import tempfile

from heard import Heard
from support import sipp, template

FOLDER = pathlib.Path(__file__).resolve().parent / "crowd"
NUMBERS = 5_000  # callers that there are
IN_MEMORY = pathlib.Path("/dev/shm")
ROOM = 2**30  # for what callers of some hours write down
PREFIXES = "130", "138", "139", "150", "166", "177", "186", "198"
AT_ONCE = 15_000


class Group:
    """One sipp: callers or phones of one behaviour."""

    def __init__(self, name, source, values, place, home, options):
        self.name, self.talk_ms = name, values.get("talk_ms")
        self._log, self._errors = home / f"{name}.calls", home / f"{name}.errors"
        plan = home / f"{name}.xml"
        host, port = place
        text = template.fill_xml(source.read_text(encoding="utf-8"), values)
        plan.write_text('<?xml version="1.0" encoding="UTF-8" ?>\n' + text)
        command = ["sipp", "-sf", plan, "-i", host, "-p", port, "-nostdin", "-aa",
                   "-ci", host, "-cp", port + 1, "-mi", host, "-mp", port + 1000,
                   "-trace_logs", "-log_file", self._log, "-l", AT_ONCE,
                   "-trace_err", "-error_file", self._errors, *options]
        for watchdog in ("minor", "major"):
            command += [f"-watchdog_{watchdog}_threshold", sipp.STOPPED_MS]
        with open(home / f"{name}.out", "wb") as out:
            self._process = subprocess.Popen([str(word) for word in command], stdout=out,
                                             stderr=out, cwd=home)

    def is_running(self):
        return self._process.poll() is None

    def begin_no_more(self):
        """Lets the calls there are go on to their end."""
        self._process.send_signal(signal.SIGUSR1)

    def kill(self):
        if self.is_running():
            self._process.kill()
        self._process.wait()

    def lines(self):
        """What is written of its calls: call, what, when."""
        if not self._log.exists():
            return
        with open(self._log, encoding="utf-8", errors="replace") as log:
            for line in log:
                words = line.split()
                if len(words) in (3, 4):  # sipp writes nothing for no microseconds
                    call, what, seconds, *micros = words
                    yield call, what, float(seconds) + sum(map(float, micros)) / 1e6


class Crowd:
    """All groups of one run."""

    def __init__(self, stage, dice):
        self._stage = stage
        self._callers, self._phones = [], []
        self._late_ms = {}  # by second
        self._port = sipp.SIP_PORT
        self._folder = self._make_folder()
        self._numbers = self._folder / "numbers.csv"
        numbers = (f"{dice.choice(PREFIXES)}{dice.randrange(10**8):08}" for _ in range(NUMBERS))
        self._numbers.write_text("RANDOM\n" + "".join(f"{number};\n" for number in numbers))
        stage.endings.callback(self.kill)

    def _make_folder(self):
        """Callers that write to a disk stand still with it, and know the time less well."""
        home = self._stage.home
        if not IN_MEMORY.is_dir() or shutil.disk_usage(IN_MEMORY).free < ROOM:
            return home
        folder = pathlib.Path(tempfile.mkdtemp(prefix="hotline-crowd-", dir=IN_MEMORY))
        self._stage.endings.callback(shutil.move, folder, home / "crowd")
        return folder

    def phone(self, name, behaviour, **values):
        """Phones of a behaviour that scenarios know, at an address of their own."""
        host = self._stage.reserve(name)
        source = sipp.FOLDER / "phones" / f"{behaviour}.xml"
        self._phones.append(Group(f"phone-{name}", source, {**sipp.PHONE, **values},
                                  (host, sipp.SIP_PORT), self._folder, []))

    def callers(self, plan, rate, dialled, **values):
        """Callers of a plan of ours, `rate` of them a second, until they are to begin no more."""
        name = f"callers{len(self._callers) + 1}-{plan}"
        values = {**sipp.CALLER, "user": "[field0]", "from": '"" <sip:[field0]@[local_ip]>',
                  "dialled": dialled, **values}
        # A rate below one a second, and one that is no whole number.
        options = ["-r", max(1, round(10 * rate)), "-rp", 10_000, "-inf", self._numbers,
                   f"{self._stage.server_host}:{sipp.SIP_PORT}"]
        self._callers.append(Group(name, FOLDER / f"{plan}.xml", values,
                                   (self._stage.carrier, self._port), self._folder, options))
        self._port += sipp.PORTS_APART

    def begin_no_more(self):
        for group in self._callers:
            group.begin_no_more()

    def ended_early(self):
        """Groups that are no longer there, though nobody told them to end."""
        return [one.name for one in (*self._callers, *self._phones) if not one.is_running()]

    def is_speaking(self):
        return any(group.is_running() for group in self._callers)

    def kill(self):
        for group in (*self._callers, *self._phones):
            group.kill()

    def heard(self):
        """What each caller heard, by Call-ID."""
        calls = {}
        for group in self._callers:
            for call, what, when in group.lines():
                one = calls.setdefault(call, Heard())
                if what == "answered":
                    one.answered = when
                elif what == "left":
                    one.ended = when
                    self._note_lateness(one, group.talk_ms)
                elif what != "placed":
                    one.fate = what
        return calls

    def _note_lateness(self, one, talk_ms):
        second = int(one.ended)
        late_ms = one.talked_ms - talk_ms
        self._late_ms[second] = max(late_ms, self._late_ms.get(second, 0))

    def late_ms(self, when):
        """How late callers were about that instant, at most, to notice that they had talked for
        long enough: so late they may have read that they were answered. Requires: heard()."""
        return max(self._late_ms.get(int(when) + apart, 0) for apart in (-1, 0, 1))
