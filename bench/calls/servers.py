"""The servers that are measured: each started on a folder of its own, and ended by its pids."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import machine
from machine import BenchFailed

# The rig's Kamailio knows 1 to 8 of them; the phones' behaviour is in their first two digits.
PLAIN, BUSY, PARALLEL = "4000000001", "4000000002", "4000000004"
# What only hotlined is asked: a phone behind a live trunk, behind a dead one, and calls of a second
# generator: a plain one, one whose first phone is silent.
TRUNK, DEAD, BESIDE, BESIDE_SILENT = "4000000011", "4000000012", "4000000013", "4000000014"

PLATFORM = """
[server]
listen = ["udp:127.0.0.1:{port}"]
state_dir = "{run}/state"
control_socket = "{run}/control.sock"
max_calls = 100000
drain_s = 1
[media]
mode = "{media}"
rtp_ports = [10000, 65000]
silence_s = 3600
[log]
level = "{level}"
file = "{run}/hotlined.log"
[[trunk]]
name = "load"
sources = ["127.0.0.1"]
gateways = ["udp:127.0.0.1:{phones}"]
probe_s = 0
[[trunk]]
name = "dead"
sources = ["127.0.0.3"]
gateways = ["udp:127.0.0.1:{silence}"]
[package.standard]
price_per_min = "0.300"
increments_s = [60, 60]
min_balance = "0.00"
"""

RULES = """
[hotline]
number = "{number}"
account = "bench"
package = "standard"
{phones}
[[group]]
name = "all"
ring = "{ring}"
phones = [{names}]
[otherwise]
to = "group:all"
"""

PHONE = """
[[phone]]
name = "phone_{n}"
{where}
lines = 100000
"""


class Ports:
    """UDP ports of 127.0.0.1 for one run: the server's, and two generators'."""

    def __init__(self):
        self.server, *others = machine.free_ports(5)
        self.callers, self.phones = others[:2], others[2:]


class Hotlined:
    """hotlined, with the hotlines above and as many more as wanted."""

    name = "hotlined"

    def __init__(self, hotlined, ctl, level="info", prefix=(), media="direct"):
        self.binary, self.ctl, self.level, self.prefix = hotlined, ctl, level, list(prefix)
        self.media = media
        self.run = None  # its folder
        self.pids, self._process = [], None

    def start(self, run, ports, more_hotlines=0, records=None):
        """Returns when it is ready. records: a folder whose database it begins with."""
        self.ports, self.run = ports, run
        # Nobody reads it: what is sent there meets silence, not an error.
        self._silence = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._silence.bind(("127.0.0.1", 0))
        config = run / "config"
        (config / "hotlines").mkdir(parents=True)
        if records:
            shutil.copytree(pathlib.Path(records) / "state", run / "state")
        (config / "hotline.toml").write_text(PLATFORM.format(
            run=run, port=ports.server, level=self.level, media=self.media, phones=ports.phones[0],
            silence=self._silence.getsockname()[1]))
        for number, text in _hotlines(*ports.phones, more_hotlines):
            (config / "hotlines" / f"{number}.toml").write_text(text)
        with open(run / "stderr", "wb") as complaints:
            self._process = subprocess.Popen(
                [*self.prefix, self.binary, "--config", config], stderr=complaints,
                stdin=subprocess.DEVNULL, start_new_session=True)
        self.pids = [self._process.pid]
        self._open_account(run, config)
        return self

    def stop(self):
        if self._process is None:
            return
        # The second one ends it at once: calls that are still held have nobody to talk to.
        for order in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.send_signal(order)
                self._process.wait(timeout=15)
                break
        self._process = None
        self._silence.close()

    def _open_account(self, run, config):
        ctl = [self.ctl, "--config", config]
        end = time.monotonic() + 120
        while subprocess.run([*ctl, "status"], capture_output=True, check=False).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > end:
                raise BenchFailed(f"hotlined did not start: {(run / 'stderr').read_text()[-500:]}")
            time.sleep(0.1)
        for words in (["open", "bench"],
                      ["recharge", "bench", "10000000.00", "--reference", "bench"]):
            subprocess.run([*ctl, "account", *words], check=True, capture_output=True)


def _hotlines(port, other_port, more):
    def uri(user, at=port):
        return f'uri = "sip:{user}@127.0.0.1:{at}"'

    def behind(trunk):
        return f'number = "02161234567"\ntrunk = "{trunk}"'

    yield _hotline(PLAIN, "sequence", uri("8100001"))
    yield _hotline(BUSY, "sequence", uri("8200001"), uri("8100002"))
    yield _hotline(PARALLEL, "parallel", uri("8300001"), uri("8300002"), uri("8100004"))
    yield _hotline(TRUNK, "sequence", behind("load"))
    yield _hotline(DEAD, "sequence", behind("dead"), uri("8100012", other_port))
    yield _hotline(BESIDE, "sequence", uri("8100013", other_port))
    yield _hotline(BESIDE_SILENT, "sequence", uri("8600014", other_port),
                   uri("8100014", other_port))
    for i in range(more):
        yield _hotline(more_number(i), "sequence", uri(f"81{i:06}"))


def more_number(i):
    return f"4001{i:06}"


def _hotline(number, ring, *phones):
    names = ", ".join(f'"phone_{n}"' for n in range(len(phones)))
    text = "".join(PHONE.format(n=n, where=where) for n, where in enumerate(phones))
    return number, RULES.format(number=number, ring=ring, names=names, phones=text)


class Kamailio:
    """The rig's Kamailio: a copy of its scripts, on ports that are free now."""

    name = "Kamailio"
    PORT, PHONES = "25060", "26100"  # as the rig writes them

    def __init__(self, rig):
        self.rig = rig
        self.pids, self._run = [], None

    @staticmethod
    def version():
        """Its version, empty where it is not installed."""
        if not shutil.which("kamailio"):
            return ""
        said = subprocess.run(["kamailio", "-v"], capture_output=True, text=True, check=False)
        match = re.search(r"version: kamailio ([\d.]+)", said.stdout)
        return match.group(1) if match else ""

    def start(self, run, ports):
        self.ports, self._run = ports, run
        for file in (self.rig / "kamailio").iterdir():
            text = file.read_text().replace(self.PORT, str(ports.server))
            (run / file.name).write_text(text.replace(self.PHONES, str(ports.phones[0])))
            (run / file.name).chmod(0o755)
        # A session of its own: Ctrl-C reaches only this program, which then ends all of it.
        done = subprocess.run([run / "start.sh", "mq"], env=self._environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False, timeout=60, start_new_session=True)
        pids = run / "kamailio.pids"
        if done.returncode != 0 or not pids.exists():
            raise BenchFailed(f"Kamailio did not start: {done.stdout[-500:]}")
        self.pids = [int(pid) for pid in pids.read_text().strip().split(",")]
        return self

    def stop(self):
        if self._run is None:
            return
        pid_file = self._run / "kamailio.pid"
        end = time.monotonic() + 3
        while not pid_file.exists() and time.monotonic() < end:
            time.sleep(0.1)  # ended while it was starting
        subprocess.run([self._run / "stop.sh"], env=self._environment(), capture_output=True,
                       check=False, timeout=60, start_new_session=True)
        self._run = None

    def _environment(self):
        return {**os.environ, "RIG_RUN": str(self._run), "SHM": "1024"}


@contextlib.contextmanager
def running(server, folder, **more):
    """The server, started on a new folder; ended whatever happens."""
    run = pathlib.Path(folder) / f"{server.name}-{time.monotonic_ns()}"
    run.mkdir()
    try:
        yield server.start(run, Ports(), **more)
    finally:
        server.stop()
        shutil.rmtree(run, ignore_errors=True)
