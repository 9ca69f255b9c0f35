"""The server under test: started, watched, signalled, and asked through hotlinectl."""

import json
import os
import pathlib
import signal
import subprocess
import time


class ServerFailed(Exception):
    """hotlined or hotlinectl did what it must not."""


class Hotlined:
    """One hotlined on a configuration directory; may be started again after it ended."""

    def __init__(self, binary, config, home):
        self.binary, self.config, self.prefix = binary, config, []  # what runs it
        self.log_path = home / "hotlined.log"
        self._process = None

    def start(self, seconds=20):
        """Returns when it listens."""
        said = len(self.log())
        self.launch()
        self._wait_until(lambda: "ready" in self.log()[said:], seconds, "say that it is ready")
        return self

    def launch(self):
        with open(self.log_path, "ab") as log:
            self._process = subprocess.Popen(
                [*self.prefix, self.binary, "--config", self.config],
                stdout=log, stderr=log, env=_environment()
            )

    def try_to_start(self, seconds=10):
        """Starts one that must not come up. Returns its exit code and what it said."""
        command = [self.binary, "--config", self.config]
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        return done.returncode, done.stderr.decode()

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self):
        return self._process.pid

    def exit_code(self):
        """None while it runs."""
        return self._process.poll()

    def terminate(self):
        self._process.send_signal(signal.SIGTERM)

    def reload(self):
        self._process.send_signal(signal.SIGHUP)

    def kill(self):
        """kill -9: what it did not make durable is gone."""
        if self.is_running():
            self._process.kill()
        if self._process is not None:
            self._process.wait()

    def wait(self, seconds=15):
        """Its exit code."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise ServerFailed(f"hotlined did not end within {seconds} s") from None

    def resident_kb(self):
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

    def is_instrumented(self):
        """Was it built with a sanitizer, and is many times slower?"""
        binary = pathlib.Path(self.binary).read_bytes()
        return b"__asan_init" in binary or b"__tsan_init" in binary

    def wait_for_log(self, text, seconds=5):
        self._wait_until(lambda: text in self.log(), seconds, f"log “{text}”")

    def _wait_until(self, holds, seconds, what):
        end = time.monotonic() + seconds
        while not holds():
            if not self.is_running():
                code = self._process.returncode
                raise ServerFailed(f"hotlined ended ({code}) instead of: {what}")
            if time.monotonic() > end:
                raise ServerFailed(f"hotlined did not {what} within {seconds} s")
            time.sleep(0.02)


def _environment():
    """A build with AddressSanitizer keeps freed memory back, by default more than scenarios that
    watch the server's size can bear."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return {**os.environ, "ASAN_OPTIONS": f"{options}:quarantine_size_mb=8".strip(":")}


class Ctl:
    """hotlinectl on the same configuration."""

    def __init__(self, binary, config):
        self.binary, self.config = binary, config

    def run(self, *words, seconds=20):
        """Runs it as a person would. Returns its exit code, output and complaints."""
        command = [self.binary, "--config", self.config, *words]
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, timeout=seconds, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def ask(self, *words):
        """Runs it with --json and returns what it answered."""
        code, out, err = self.run("--json", *words)
        if code != 0:
            raise ServerFailed(f"hotlinectl {' '.join(map(str, words))} ended {code}: {out}{err}")
        return json.loads(out)

    def calls(self):
        return self.ask("call", "list")["calls"]

    def cdrs(self):
        return self._all_pages("cdrs", "cdr", "list")

    def ledger(self):
        return self._all_pages("ledger", "ledger", "list")

    def account(self, name):
        return self.ask("account", "show", name)["account"]

    def audit(self, *words):
        """Its exit code and what it found."""
        code, out, err = self.run("--json", "audit", *words)
        if code not in (0, 1) or not out:
            raise ServerFailed(f"hotlinectl audit ended {code}: {out}{err}")
        return code, json.loads(out)

    def recharge(self, name, amount, reference):
        return self.ask("account", "recharge", name, amount, "--reference", reference)

    def _all_pages(self, key, *words):
        rows, after = [], []
        while True:
            page = self.ask(*words, "--oldest", "--limit", 1000, *after)
            rows += page[key]
            if not page.get("next"):
                return rows
            after = ["--after", page["next"]["after_seq"]]
