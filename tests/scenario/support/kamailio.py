"""A real proxy between a carrier's callers and phones and the server: Kamailio, which writes down
every request it gets, byte for byte."""

import re
import subprocess

from support import template
from support.trace import Message

_REQUEST = re.compile(rb"request of (?P<size>\d+) bytes at (?P<time>\d+\.\d+):\n")


class Proxy:
    """One Kamailio at an address of its own, in the foreground."""

    def __init__(self, name, host, config, home, **values):
        self.name, self.host = name, host
        self._home = home / name
        self._home.mkdir()
        self._log = self._home / "log"
        text = config.read_text(encoding="utf-8")
        (self._home / "kamailio.cfg").write_text(template.fill(text, {"host": host, **values}))
        command = ["kamailio", "-DD", "-E", "-m", "16", "-M", "4", "-f", "kamailio.cfg",
                   "-w", self._home, "-Y", self._home, "-P", self._home / "pid"]
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._home)

    def is_ready(self):
        return b"worker is there" in self._log.read_bytes()

    def messages(self):
        """The requests it got, in order."""
        data, messages, position = self._log.read_bytes(), [], 0
        while found := _REQUEST.search(data, position):
            position = found.end() + int(found["size"])
            messages.append(Message(data[found.end() : position], False, float(found["time"])))
        return messages

    def received(self, what):
        return [m for m in self.messages() if m.start_line.startswith(what)]

    def complaints(self):
        """What it said of itself."""
        lines = self._log.read_text(errors="replace").splitlines()
        return "\n".join(line for line in lines if "ERROR" in line or "CRITICAL" in line)

    def kill(self):
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)
