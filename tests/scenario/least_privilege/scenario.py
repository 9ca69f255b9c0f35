"""packaging/hotlined.service leaves the server what it needs and little more: every system call and
kind of socket of a run with a relayed call and a reload is one that the unit allows, and
systemd's own judgement of the unit is good."""

import pathlib
import re
import shutil
import subprocess

from support.rtp import RelayedCall
from support.stage import CannotPlay

UNIT = pathlib.Path(__file__).parents[3] / "packaging/hotlined.service"
MOST_EXPOSED = 2.0  # of 10


def play(stage):
    if not shutil.which("strace") or not shutil.which("systemd-analyze"):
        raise CannotPlay("strace or systemd-analyze is not installed")
    if stage.server.is_instrumented():
        raise CannotPlay("a sanitizer makes system calls of its own, and none under strace")
    trace = stage.home / "strace"
    stage.server.prefix = ["strace", "-D", "-f", "-o", trace]
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    call = RelayedCall(stage)
    call.talk()
    call.hang_up()
    stage.wait_for_silence()
    stage.ctl.ask("reload")
    stage.server.terminate()
    stage.server.wait()
    text = trace.read_text(errors="replace")
    made = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", text, re.M))
    assert {"recvmsg", "sendto", "fdatasync"} <= made, "that is no trace of the server"
    allowed = all_of("@system-service")
    assert made <= allowed, f"not allowed: {', '.join(sorted(made - allowed))}"
    families = set(re.findall(r"socket\((AF_[A-Z0-9]+)", text))
    assert families <= set(key("RestrictAddressFamilies").split()), families
    assert key("SystemCallFilter") == "@system-service"
    said = subprocess.run(["systemd-analyze", "security", "--offline=true", UNIT],
                          capture_output=True, text=True, check=False).stdout
    exposed = float(re.search(r"exposure level for \S+: ([\d.]+)", said).group(1))
    assert exposed <= MOST_EXPOSED, f"exposed by {exposed}"
    stage.server.prefix = []
    stage.restart()


def key(name):
    (value,) = re.findall(rf"^{name}=(.*)$", UNIT.read_text(encoding="utf-8"), re.M)
    return value


def all_of(group, seen=()):
    """The system calls of a group of systemd's."""
    said = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True,
                          text=True, check=True).stdout
    calls = set()
    for word in re.findall(r"^    ([@a-z_0-9-]+)$", said, re.M):
        if word.startswith("@"):
            calls |= all_of(word, (*seen, group)) if word not in seen else set()
        else:
            calls.add(word)
    return calls
