"""Callers and phones played by sipp, one process each, on an address of its own."""

import pathlib
import re
import signal
import subprocess

from support import template, trace

FOLDER = pathlib.Path(__file__).parent
SIP_PORT = 5060
STOPPED_MS = 60_000  # a machine with much to do may stop a sipp for seconds: no complaint of a peer
PORTS_APART = 10  # of one address: each sipp takes its SIP port, the next, and some 1,000 above

# What a caller says about itself unless a scenario says otherwise.
CALLER = {
    "dialled": "4001234567",
    "user": "13800000001",
    "from": '"" <sip:13800000001@[local_ip]>',
    "hops": 70,
    "talk_ms": 500,
    "ring_ms": 500,
    "audio": 30000,
}
PHONE = {"ring_ms": 100, "talk_ms": 500, "line": "486 Busy Here", "alive": "200 OK",
         "audio": 40000}

_FIRST_LINE = "The following events occurred:"


class SippFailed(Exception):
    """A sipp saw something its scenario does not allow."""


class Sipp:
    """One running sipp."""

    def __init__(self, name, source, values, host, home, options, port=SIP_PORT, file=None):
        self.name, self.host, self.port = name, host, port
        kinds = ("xml", "messages", "errors", "out")
        self._files = {kind: home / f"{file or name}.{kind}" for kind in kinds}
        text = template.fill_xml(source.read_text(encoding="utf-8"), values)
        self._files["xml"].write_text('<?xml version="1.0" encoding="UTF-8" ?>\n' + text)
        command = ["sipp", "-sf", self._files["xml"], "-i", host, "-p", port, "-nostdin"]
        control = "127.0.0.1" if ":" in host else host  # it knows no IPv6 for that
        command += ["-ci", control, "-cp", port + 1, "-mi", host, "-mp", port + 1000]
        command += ["-trace_msg", "-message_file", self._files["messages"]]
        command += ["-trace_err", "-error_file", self._files["errors"], *options]
        for watchdog in ("minor", "major"):
            command += [f"-watchdog_{watchdog}_threshold", STOPPED_MS]
        if values.get("transport") == "tcp":
            command += ["-t", "t1"]
        if "numbers" in values:  # a file of them, a line a call: [field0]
            command += ["-inf", values["numbers"]]
        with open(self._files["out"], "wb") as out:
            self._process = subprocess.Popen(
                [str(word) for word in command], stdout=out, stderr=out, cwd=home
            )

    def messages(self):
        """Everything it sent and received so far."""
        return trace.read(self._files["messages"])

    def received(self, what):
        """The messages it received that begin like that: "BYE", "SIP/2.0 486"."""
        return [m for m in self.messages() if not m.sent and m.start_line.startswith(what)]

    def complaints(self):
        """What sipp did not expect, in its own words."""
        errors = self._files["errors"]
        text = errors.read_text(errors="replace") if errors.exists() else ""
        # It ends not all of its lines. A timeout that the scenario itself goes on from is no
        # complaint, nor is an answer that it was told to give (-aa).
        lines = re.sub(r"(?<=.)(\d{4}-\d\d-\d\d\t)", r"\n\1", text).splitlines()
        usual = "jumping to label", "Automatic response mode"
        serious = [line for line in lines if not any(word in line for word in usual)]
        return "\n".join(serious) if serious != [_FIRST_LINE] else ""

    def is_running(self):
        return self._process.poll() is None

    def kill(self):
        if self.is_running():
            self._process.kill()
        self._process.wait()

    def _wait(self, seconds):
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None


class Caller(Sipp):
    """Callers of one carrier: `calls` of them, `rate` a second, all of one plan."""

    def __init__(self, name, plan, values, place, server, home, calls=1, rate=10):
        source = FOLDER / "callers" / f"{plan}.xml"
        options = ["-aa", "-m", calls, "-r", rate, "-l", calls, server]
        host, port = place
        super().__init__(name, source, {**CALLER, **values}, host, home, options, port)

    def wait(self, seconds):
        """Returns when all its calls went as planned."""
        code = self._wait(seconds)
        if code is None:
            self.kill()
            raise SippFailed(f"caller {self.name} was not through after {seconds} s")
        if code != 0:
            raise SippFailed(f"caller {self.name} failed ({code}): {self.complaints()}")
        return self


class Phone(Sipp):
    """A phone, or many of one behaviour at one address; each call it gets must go as planned."""

    def __init__(self, name, behaviour, values, host, home, file, port):
        source = FOLDER / "phones" / f"{behaviour}.xml"
        super().__init__(name, source, {**PHONE, **values}, host, home, ["-aa"], port, file)

    def finish(self, seconds=3):
        """Lets its calls end and stops it. Fails where a call is left open or went astray."""
        self._process.send_signal(signal.SIGUSR1)
        if self._wait(seconds) is None:
            self.kill()
            raise SippFailed(f"phone {self.name} is left with an open call")
        if self.complaints():
            raise SippFailed(f"phone {self.name}: {self.complaints()}")
