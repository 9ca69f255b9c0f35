"""What relays the media: hotlined's relay in a program of its own, rtpengine's userland daemon, or
nobody (the phones send to each other)."""

import contextlib
import re
import shutil
import socket
import subprocess
import time

import machine
from machine import BenchFailed


class Relay:
    """A process that gives out ports for calls. Ended by leaving its `with`."""

    name = ""

    def __init__(self, prefix=()):
        self.prefix, self.pids, self._process = list(prefix), [], None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process is None:
            return
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)
        if self._process.poll() is None:
            self._process.kill()

    def _run(self, *command, **how):
        self._process = subprocess.Popen([*self.prefix, *command], start_new_session=True, **how)
        self.pids = [self._process.pid]

    def calls(self, lines):
        """Opens a call for each line, "A B", the phones' ports. Returns the lines "C D": where
        they send to."""
        raise NotImplementedError


class OnPipe(Relay):
    """A program of ours that is told the phones' ports on its input, and answers on its output."""

    def __init__(self, *command, prefix=()):
        super().__init__(prefix)
        self._run(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def calls(self, lines):
        answers = []
        for line in lines:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answers.append(self._process.stdout.readline().strip())
            if not answers[-1]:
                raise BenchFailed(f"{self.name} has ended")
        return answers


class Hotline(OnPipe):
    """src/media alone: bench_relay."""

    name = "hotlined"

    def __init__(self, program, *mode, prefix=()):
        super().__init__(program, *(mode or ["relay"]), prefix=prefix)


class BareSender(OnPipe):
    """Sends to who listens, and does nothing else: bench_bare_sender."""

    name = "sendto alone"


class Nobody(Relay):
    """The phones of a call send to each other: what the generator itself takes."""

    name = "nobody"

    def calls(self, lines):
        return [" ".join(reversed(line.split())) for line in lines]


class Rtpengine(Relay):
    """Debian's rtpengine-daemon without its kernel module, told of calls by its ng protocol."""

    name = "rtpengine"

    def __init__(self, prefix=()):
        super().__init__(prefix)
        port = machine.free_ports(1)[0]
        self._run("rtpengine", "--config-file=none", "--table=-1", "--foreground", "--log-stderr",
                  "--log-level=3", "--interface=127.0.0.1", f"--listen-ng=127.0.0.1:{port}",
                  "--port-min=20000", "--port-max=29999", stderr=subprocess.DEVNULL)
        self._ng = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._ng.settimeout(1)
        self._ng.connect(("127.0.0.1", port))
        self._cookie = 0
        self._wait_until_there()

    @staticmethod
    def version():
        """Its version, empty where it is not installed."""
        if not shutil.which("rtpengine"):
            return ""
        done = subprocess.run(["rtpengine", "--version"], capture_output=True, text=True,
                              check=False)
        match = re.search(r"[\d.]+\d", done.stdout + done.stderr)
        return match.group() if match else "of unknown version"

    def _wait_until_there(self):
        for _ in range(50):
            with contextlib.suppress(OSError):
                if b"pong" in self._ask({"command": "ping"}):
                    return
            time.sleep(0.1)
        raise BenchFailed("rtpengine did not start")

    def calls(self, lines):
        return [self._call(number, *map(int, line.split())) for number, line in enumerate(lines)]

    def _call(self, number, a, b):
        name = {"call-id": f"bench-{number}", "from-tag": "a", "ICE": "remove"}
        to_b = self._ask({"command": "offer", "sdp": sdp(a), **name})
        to_a = self._ask({"command": "answer", "sdp": sdp(b), "to-tag": "b", **name})
        return f"{port_in(to_a)} {port_in(to_b)}"

    def _ask(self, words):
        self._cookie += 1
        cookie = f"{self._cookie} ".encode()
        self._ng.send(cookie + bencoded(words))
        while True:
            answer = self._ng.recv(65535)
            if answer.startswith(cookie):
                return answer


def sdp(port):
    """An offer or answer of PCMA at that port, RTCP on the same."""
    return (f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=rtcp-mux\r\n")


def port_in(answer):
    """The port of m=audio in what rtpengine says."""
    match = re.search(rb"m=audio (\d+)", answer)
    if not match:
        raise BenchFailed(f"rtpengine says {answer[:200]}")
    return int(match.group(1))


def bencoded(value):
    """The ng protocol's form of strings and dictionaries."""
    if isinstance(value, dict):
        return b"d" + b"".join(bencoded(k) + bencoded(v) for k, v in sorted(value.items())) + b"e"
    raw = value.encode()
    return f"{len(raw)}:".encode() + raw
