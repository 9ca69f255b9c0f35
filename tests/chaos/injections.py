"""Plays the scenarios and unit tests that inject faults, each as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dice import seeded

SCENARIOS = Path(__file__).resolve().parent.parent / "scenario"
CANNOT_PLAY = 77  # of run.py
LONGEST_S = 300  # of a scenario
LONGEST_UNITS_S = 900
SUMMARY = re.compile(r"(\d+) tests? failed out of (\d+)")


class Outcome:
    """What came of one thing that was played so many times."""

    def __init__(self, name, times=0, well=0, skipped=""):
        self.name, self.times, self.well, self.skipped = name, times, well, skipped


class Injector:
    """Plays each thing once for all faults that it belongs to."""

    def __init__(self, hotlined, hotlinectl, times, seed, build):
        """`build`: a folder of CMake with the unit tests in it; without, none is run."""
        self._binaries = ["--hotlined", hotlined, "--hotlinectl", hotlinectl]
        self._times, self._seed, self._build = times, seed, build
        self._played, self._units = {}, {}
        self._kept = None

    def scenarios(self, fault):
        return [self._played[name] if name in self._played else self._play(name)
                for name in fault.scenarios]

    def units(self, fault):
        """None where there is none, or none is run."""
        if not fault.units or self._build is None or not self._times:
            return None
        if fault.units not in self._units:
            self._units[fault.units] = self._run_units(fault)
        return self._units[fault.units]

    def totals(self):
        """How many scenarios were played, and how many unit tests."""
        return (sum(one.times for one in self._played.values()),
                sum(one.times for one in self._units.values()))

    def _play(self, name):
        outcome = self._played[name] = Outcome(name)
        dice, began = seeded(self._seed, name), time.monotonic()
        for _ in range(self._times):
            seed = dice.randrange(2**32)
            command = [sys.executable, SCENARIOS / "run.py", name, *self._binaries, "--seed", seed]
            code, said = _run(command, LONGEST_S)
            if code == CANNOT_PLAY:
                outcome.skipped = next((line for line in said.splitlines()
                                        if line.startswith("SKIPPED")), "SKIPPED").lower()
                break
            outcome.times += 1
            outcome.well += code == 0
            if code != 0:
                self._keep(f"{name}-{seed}", said)
        self._say(outcome, began)
        return outcome

    def _run_units(self, fault):
        began = time.monotonic()
        command = ["ctest", "--test-dir", self._build, "--output-on-failure", "-j", "2",
                   "--timeout", "300", "-R", fault.units]
        code, said = _run(command, LONGEST_UNITS_S)
        found = SUMMARY.search(said)
        failed, count = (int(found[1]), int(found[2])) if found else (1, 1)
        if code != 0:
            self._keep(f"{fault.name}-unit-tests", said)
            failed = max(failed, 1)
        outcome = Outcome(fault.units, count, count - failed)
        self._say(outcome, began)
        return outcome

    def _say(self, outcome, began):
        words = outcome.skipped or f"{outcome.well} of {outcome.times}"
        print(f"{outcome.name}: {words}, {time.monotonic() - began:.0f} s", flush=True)

    def _keep(self, name, said):
        """What a failed one had to say."""
        if self._kept is None:
            self._kept = Path(tempfile.mkdtemp(prefix="hotline-chaos-said-"))
        file = self._kept / f"{name}.txt"
        file.write_text(said, encoding="utf-8")
        print(f"FAILED, see {file}", flush=True)


def _run(command, seconds):
    """Its exit code and all it said; one that does not end has failed."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        late = ""
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            late = f"\nnot through after {seconds} s"
        finally:
            if process.poll() is None:
                # With all that it has started: its session is named by its id.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        out.seek(0)
        return process.returncode, out.read().decode(errors="replace") + late
