"""A real phone without a screen: linphonec, told what to do through its standard input. It has no
sound card; what it says is silence out of a file."""

import os
import subprocess

CONFIG = """\
[sip]
sip_port={port}
sip_tcp_port=0
sip_tls_port=0
bind_address={host}
contact=sip:{name}@{host}
guess_hostname=0
use_ipv6=0
auto_net_state_mon=0
default_proxy=-1
[rtp]
bind_address={host}
[video]
enabled=0
capture=0
display=0
"""


class Linphone:
    """One linphonec at an address of its own; it answers every call."""

    def __init__(self, name, host, home, port=5060):
        self.name, self.host = name, host
        self._home = home / name
        # Without a place for its database it listens to nobody.
        (self._home / ".local/share/linphone").mkdir(parents=True)
        (self._home / "config").write_text(CONFIG.format(name=name, host=host, port=port))
        self._process = None

    def start(self):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("XDG_")}
        with open(self._home / "log", "wb") as log:
            self._process = subprocess.Popen(
                ["linphonec", "-a", "-c", "config", "-d", "5", "-l", "debug"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self._home,
                env={**environment, "HOME": str(self._home)})
        self.say("soundcard use files")

    def say(self, command):
        """One of its commands: "call sip:…", "pause", "resume", "terminate"."""
        self._process.stdin.write(f"{command}\n".encode())
        self._process.stdin.flush()

    def is_ready(self):
        return "Creating listening point" in self._debug()

    def log(self):
        return (self._home / "log").read_text(errors="replace")

    def messages(self):
        return []  # it keeps them in a form of its own

    def complaints(self):
        return self.log() + self._debug()[-8000:]

    def kill(self):
        if self._process and self._process.poll() is None:
            self._process.stdin.close()
            self._process.terminate()
            self._process.wait(10)

    def _debug(self):
        debug = self._home / "debug"
        return debug.read_text(errors="replace") if debug.exists() else ""
