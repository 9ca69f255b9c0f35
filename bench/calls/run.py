#!/usr/bin/env python3
"""Whole calls: CPU per call of hotlined and, where it is installed, Kamailio, in the same run.

Usage: bench/calls/run.py --hotlined PATH --hotlinectl PATH [--rig DIR] [--rates 200,500,1000]
                          [--rounds 3] [--seconds 8]

Each round starts one server, offers calls at each rate and ends it; the servers take turns, so
that a noisy minute hurts both. A call: INVITE, 180, 200, ACK, one second of talk, BYE, with
reservation, journal and record durable (hotlined) or a record through one batching writer
(Kamailio). All traffic stays on 127.0.0.1. The load generator and Kamailio's configuration come
from the rig directory, which is no part of this project.
"""
import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HOTLINE = "4000000001"
PORT = 25060
CALLERS = "139,138,186,177"  # mobiles: eight digits behind each

PLATFORM = """
[server]
listen = ["udp:127.0.0.1:{port}"]
state_dir = "{run}/state"
control_socket = "{run}/control.sock"
max_calls = 100000
[log]
level = "{level}"
file = "{run}/hotlined.log"
[[trunk]]
name = "load"
sources = ["127.0.0.1"]
gateways = ["udp:127.0.0.1:26100"]
probe_s = 0
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
[[phone]]
name = "desk"
uri = "sip:8100000001@127.0.0.1:26100"
lines = 100000
[[group]]
name = "all"
ring = "sequence"
phones = ["desk"]
[otherwise]
to = "group:all"
"""


class Hotlined:
    name = "hotlined"

    def __init__(self, options):
        self.options = options

    def start(self, run):
        os.makedirs(f"{run}/config/hotlines")
        with open(f"{run}/config/hotline.toml", "w") as file:
            file.write(PLATFORM.format(run=run, port=PORT, level=self.options.log_level))
        with open(f"{run}/config/hotlines/{HOTLINE}.toml", "w") as file:
            file.write(RULES.format(number=HOTLINE))
        self.process = subprocess.Popen([self.options.hotlined, "--config", f"{run}/config"],
                                        stderr=open(f"{run}/stderr", "w"))
        ctl = [self.options.hotlinectl, "--config", f"{run}/config"]
        wait_for(lambda: subprocess.run(ctl + ["status"], capture_output=True).returncode == 0)
        for words in (["account", "open", "bench"],
                      ["account", "recharge", "bench", "10000000.00", "--reference", "bench"]):
            subprocess.run(ctl + words, check=True, capture_output=True)
        return str(self.process.pid)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


class Kamailio:
    name = "kamailio"

    def __init__(self, options):
        self.scripts = os.path.join(options.rig, "kamailio")

    def start(self, run):
        self.environment = dict(os.environ, RIG_RUN=run, SHM="1024")
        subprocess.run([f"{self.scripts}/start.sh", "mq"], check=True, env=self.environment,
                       capture_output=True, timeout=60)
        with open(f"{run}/kamailio.pids") as file:
            return file.read().strip()

    def stop(self):
        subprocess.run([f"{self.scripts}/stop.sh"], env=self.environment, capture_output=True,
                       timeout=60)


def wait_for(condition, seconds=20):
    for _ in range(seconds * 10):
        if condition():
            return
        time.sleep(0.1)
    sys.exit("bench: the server did not come up")


def measure(sipload, pids, rate, seconds):
    warm = 3
    total = int(rate * (warm + seconds))
    command = [sipload, "-r", str(rate), "-m", str(total), "-h", "1000", "-w", str(warm),
               "-p", pids, "-n", HOTLINE, "-s", str(PORT), "-X", CALLERS, "-L", "bench"]
    text = subprocess.run(command, capture_output=True, text=True, timeout=300).stdout

    def number(pattern):
        found = re.search(pattern, text)
        return float(found.group(1)) if found else float("nan")

    return {
        "cpu_ms": number(r"CPU_MS_PER_CALL=([\d.]+)"),
        "failed": number(r"failed=(\d+)"),
        "p50_ms": number(r"INV->200\s+n=\d+ p50=([\d.]+)"),
        "p99_ms": number(r"INV->200\s+n=\d+ p50=[\d.]+ p90=[\d.]+ p99=([\d.]+)"),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--hotlined", required=True)
    parser.add_argument("--hotlinectl", required=True)
    parser.add_argument("--rig", default=os.path.join(here, "../../../shared/rig"))
    parser.add_argument("--rates", default="200,500,1000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--log-level", default="info")
    options = parser.parse_args()
    options.rig = os.path.abspath(options.rig)
    if not os.path.exists(f"{options.rig}/sipload.c"):
        sys.exit(f"bench: no load generator in {options.rig}; name its directory with --rig")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

    servers = [Hotlined(options)]
    if shutil.which("kamailio"):
        servers.append(Kamailio(options))
    else:
        print("kamailio is not installed: no ratio")
    rates = [int(rate) for rate in options.rates.split(",")]
    results = {(server.name, rate): [] for server in servers for rate in rates}
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
        sipload = f"{folder}/sipload"
        subprocess.run(["gcc", "-O2", "-w", "-o", sipload, f"{options.rig}/sipload.c"], check=True)
        for turn in range(options.rounds):
            for server in servers:
                run = f"{folder}/{server.name}-{turn}"
                os.makedirs(run)
                pids = server.start(run)
                try:
                    for rate in rates:
                        results[server.name, rate].append(
                            measure(sipload, pids, rate, options.seconds))
                        time.sleep(2)
                finally:
                    server.stop()
    report(servers, rates, results)


def report(servers, rates, results):
    print(f"{'calls/s':>8} {'server':>10} {'CPU ms/call':>12} {'200 p50 ms':>11} "
          f"{'200 p99 ms':>11} {'failed':>7}   (medians)")
    for rate in rates:
        costs = {}
        for server in servers:
            rows = results[server.name, rate]
            middle = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
            costs[server.name] = middle["cpu_ms"]
            print(f"{rate:>8} {server.name:>10} {middle['cpu_ms']:>12.3f} "
                  f"{middle['p50_ms']:>11.1f} {middle['p99_ms']:>11.1f} {middle['failed']:>7.0f}")
        if len(costs) == 2:
            print(f"{rate:>8} {'ratio':>10} {costs['hotlined'] / costs['kamailio']:>12.2f}")


if __name__ == "__main__":
    main()
