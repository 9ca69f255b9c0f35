"""What a scenario plays on: a server with its configuration, callers, phones, and the books.

A scenario calls phone(), open(), call() …; finish() then compares what the server recorded with
the scenario's expected.json and checks what must hold after every scenario.
"""

import contextlib
import datetime
import json
import pathlib
import shutil
import tempfile
import time

from support import template
from support.block import CARRIER, FIRST_PHONE, SERVER, STRANGER, Block, Ports
from support.books import problems_of_books
from support.expect import differences
from support.hotlined import Ctl, Hotlined
from support.sipp import PORTS_APART, SIP_PORT, Caller, Phone
from support.udp import BareCaller, BarePhone

DEFAULTS = pathlib.Path(__file__).parent / "config"
SANITIZER_REPORTS = ("ERROR: AddressSanitizer", "ERROR: LeakSanitizer", "runtime error:",
                     "WARNING: ThreadSanitizer")


class CannotPlay(Exception):
    """This machine lacks what the scenario needs: it is skipped, and says why."""


class Stage:
    """One run of one scenario."""

    def __init__(self, folder, hotlined, hotlinectl, seed=0):
        self.folder, self.seed = folder, seed
        self.block = Block()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix=f"hotline-{folder.name}-"))
        self.config = self.home / "config"
        self.server_host, self.carrier = self.block.host(SERVER), self.block.host(CARRIER)
        self.stranger = self.block.host(STRANGER)
        self.values = {
            "home": self.home, "network": self.block.network,
            "server": self.server_host, "carrier": self.carrier,
            "listen": f'"udp:{self.server_host}:{SIP_PORT}", "tcp:{self.server_host}:{SIP_PORT}"',
            "server_keys": "",
            "sources": f'"{self.carrier}"',
            "gateways": f'"udp:{self.carrier}:{SIP_PORT}"',
            "trunk": "probe_s = 0",  # callers know no OPTIONS
            "media": "",
            "drain_s": 2, "ring": "sequence", **_dates(),
        }
        self.phones, self.callers, self.peers = {}, [], []
        self.endings = contextlib.ExitStack()  # what must be undone once the server has ended
        self._former, self._places = [], {}  # phones that were replaced; host and port by name
        self._v6, self.server_v6 = None, None
        self.server = Hotlined(hotlined, self.config, self.home)
        self.ctl = Ctl(hotlinectl, self.config)
        self._next_phone = FIRST_PHONE
        self._next_port = SIP_PORT

    # --- who is there ---------------------------------------------------------------------------

    def phone(self, name, behaviour="answer", **values):
        """A phone at an address of its own, {{name}} in the configuration. What a URI's user is,
        does not matter to it: one sipp may play many phones of one behaviour."""
        host, port = self._place(name)
        file = f"{name}{len(self._former)}"
        self.phones[name] = Phone(name, behaviour, values, host, self.home, file, port)
        return self.phones[name]

    def replace_phone(self, name, behaviour="answer", **values):
        """Another behaviour at the same address, once the calls of the former one are over."""
        self._retire(name)
        return self.phone(name, behaviour, **values)

    def silence_phone(self, name):
        """From now on that phone takes every message and says nothing."""
        self._retire(name)
        return self.silent_phone(name)

    def silent_phone(self, name):
        """A phone that takes every message and never says a word."""
        return self.bare_phone(name)

    def bare_phone(self, name):
        """A phone that says only what the scenario has it say."""
        self.phones[name] = BarePhone(*self._place(name), name=name)
        return self.phones[name]

    def phone_on_this_machine(self, name):
        """A bare phone at 127.0.0.1, which is what the name localhost stands for."""
        self.phones[name] = BarePhone.somewhere("127.0.0.1", name)
        return self.phones[name]

    def bare_caller(self, host=None, call="bare"):
        """A caller that says only what the scenario has it say; the carrier's unless told."""
        caller = BareCaller(host or self.carrier, self._next_port, self.server_host, call)
        self._next_port += PORTS_APART
        self.peers.append(caller)
        return caller

    def behind(self, *names, trunk="probe_s = 0"):
        """The carrier's gateways are these phones, in order; further keys of its trunk."""
        hosts = [self._place(name)[0] for name in names]
        self.values["gateways"] = ", ".join(f'"udp:{host}:{SIP_PORT}"' for host in hosts)
        self.values["trunk"] = trunk

    def trunk(self):
        """What the server's status says of the carrier."""
        return self.ctl.ask("status")["trunks"][0]

    # --- the server -----------------------------------------------------------------------------

    def open(self, balance="100.00", account="acme", **values):
        """Writes the configuration, starts the server, opens the account and fills it."""
        self.write_config(**values)
        self.server.start()
        self.ctl.ask("account", "open", account)
        if balance:
            self.ctl.recharge(account, balance, f"opening-{account}")

    def write_config(self, **values):
        """Fills in the scenario's hotline.toml and 400*.toml, or the ones all scenarios share."""
        self.values.update(values)
        for name in ("desk", "li"):
            self.values.setdefault(name, f"{self.block.host(250)}:{SIP_PORT}")
        (self.config / "hotlines").mkdir(parents=True, exist_ok=True)
        own = sorted(self.folder.glob("400*.toml"))
        for source in own or sorted((DEFAULTS / "hotlines").glob("*.toml")):
            self.write_file(f"hotlines/{source.name}", source.read_text(encoding="utf-8"))
        general = self.folder / "hotline.toml"
        source = general if general.exists() else DEFAULTS / "hotline.toml"
        self.write_file("hotline.toml", source.read_text(encoding="utf-8"))

    def write_file(self, path, text):
        (self.config / path).write_text(template.fill(text, self.values), encoding="utf-8")

    def restart(self):
        """Starts the server again on what it left behind."""
        self.server.start()

    # --- what happens ---------------------------------------------------------------------------

    def start_call(self, plan="talk", calls=1, rate=10, host=None, v6=False, **values):
        """Starts a caller of that plan (support/callers) and does not wait."""
        name = f"caller{len(self.callers) + 1}"
        place = (Ports.HOST, self._v6.take()) if v6 else (host or self.carrier, self._next_port)
        if "user" in values:
            values.setdefault("from", f'"" <sip:{values["user"]}@[local_ip]>')
        server = self.server_v6 if v6 else f"{self.server_host}:{SIP_PORT}"
        caller = Caller(name, plan, values, place, server, self.home, calls, rate)
        self._next_port += PORTS_APART
        self.callers.append(caller)
        return caller

    def call(self, plan="talk", seconds=20, **values):
        """A caller of that plan, from beginning to end."""
        return self.start_call(plan, **values).wait(seconds)

    def wait_until(self, holds, what, seconds=5):
        """Waits for something; fails with `what` where it does not come about."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not happen within {seconds} s")
            time.sleep(0.05)

    def counter(self, name):
        """What the server counts under that name in its status."""
        return self.ctl.ask("status")["counters"].get(name)

    def wait_for_silence(self, seconds=5):
        """Waits until no call is live."""
        self.wait_until(lambda: not self.ctl.calls(), "the end of all calls", seconds)

    def rang(self):
        """The phones that were called, in order, each as often as it was."""
        invites = {}
        for phone in (*self._former, *self.phones.values()):
            for m in phone.messages():
                is_first = m.start_line.startswith("INVITE ") and "tag=" not in m.header("To")
                if is_first and not m.sent:
                    invites.setdefault((m.call, phone.name), m)
        return [m.user for m in sorted(invites.values(), key=lambda m: m.time)]

    # --- the end --------------------------------------------------------------------------------

    def finish(self):
        """Returns every problem: what differs from expected.json, and what must hold always."""
        for caller in self.callers:
            if caller.is_running():
                caller.wait(20)
        expected = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        problems = self._check_server(expected) if self.server.is_running() else []
        if "rang" in expected:
            problems += differences(expected["rang"], self.rang(), "rang")
        for phone in self.phones.values():
            phone.finish()
        log = self.server.log()
        problems += [f"the log has “{report}”" for report in SANITIZER_REPORTS if report in log]
        return problems

    def close(self, keep):
        """Ends everything that still runs, and forgets the run unless it is to be kept."""
        for each in (*self.callers, *self.phones.values(), *self.peers):
            each.kill()
        self.server.kill()
        self.endings.close()
        self.block.close()
        if self._v6:
            self._v6.close()
        if not keep:
            shutil.rmtree(self.home, ignore_errors=True)

    def _check_server(self, expected):
        self.wait_for_silence()
        # A call is over a few milliseconds before its record is durable.
        end = time.monotonic() + 3
        while (problems := self._check_books(expected)) and time.monotonic() < end:
            time.sleep(0.1)
        for counter in ("legs", "lines_in_use", "audio_legs"):
            self.wait_until(lambda: not self.counter(counter), f"the release of all {counter}")
        self.server.terminate()
        problems += differences(0, self.server.wait(), "exit code after TERM")
        _, audited = self.ctl.audit()
        return problems + [f"audit: {each}" for each in audited.get("findings", [audited])]

    def _check_books(self, expected):
        problems = problems_of_books(self.ctl)
        for key, rows in (("cdrs", self.ctl.cdrs), ("ledger", self.ctl.ledger)):
            if key in expected:
                problems += differences(expected[key], rows(), key)
        for name, balance in expected.get("balances", {}).items():
            has = self.ctl.account(name)["balance"]
            problems += differences(balance, has, f"balance of {name}")
        return problems

    # --- places ---------------------------------------------------------------------------------

    def reserve(self, name, v6=False):
        """An address for a phone of that name, {{name}} in the configuration."""
        if v6:
            host, port = Ports.HOST, self._v6.take()
        else:
            host, port = self.block.host(self._next_phone), SIP_PORT
            self._next_phone += 1
        self.values[name] = f"[{host}]:{port}" if v6 else f"{host}:{port}"
        self._places[name] = host, port
        return host

    def _place(self, name):
        if name not in self._places:
            self.reserve(name)
        return self._places[name]

    def use_v6(self):
        """The server listens at ::1 too, and the carrier calls from there too."""
        try:
            self._v6 = Ports()
        except OSError as error:
            raise CannotPlay(f"no IPv6 at {Ports.HOST}: {error}") from None
        self.server_v6 = f"[{Ports.HOST}]:{self._v6.take()}"
        self.values["listen"] += f', "udp:{self.server_v6}", "tcp:{self.server_v6}"'
        self.values["sources"] += f', "{Ports.HOST}"'

    def _retire(self, name):
        self.phones[name].finish()
        self._former.append(self.phones.pop(name))


def _dates():
    """Today and tomorrow in China, for hours that must not depend on when a scenario is played."""
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    return {"today": today, "tomorrow": today + datetime.timedelta(days=1)}
