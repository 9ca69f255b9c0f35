"""Calls with audio that are up when the server is killed, and what of them can be seen from
outside. Signalling is sipp's, of callers and of phones; audio is spoken and heard here (voices.py),
for sipp does not tell what it hears, and the relay takes no echo for a voice."""

import pathlib
import re
import time

from support.rtp import place_in
from support.sipp import SippFailed
from voices import Side

UNIT = pathlib.Path(__file__).resolve().parents[3] / "packaging" / "hotlined.service"
HOTLINE = "4001230001"
PLACED_S = 1  # that takes
KILLED_S, HANGS_UP_S = 6, 12  # after the first was placed
AUDIO_PORTS = "[auto_media_port+{}]"  # of sipp: one for each call, so much above its own


class Scene:
    """What happened, and when."""

    def __init__(self, stage, calls):
        self.stage, self.calls = stage, calls
        self.callers, self.pairs = None, {}  # sipp; both sides' audio by the caller's number
        self.killed = self.back = None
        self.adopted, self.reserved = 0, "0"
        self._phone = stage.phone("desk", audio=AUDIO_PORTS.format(1000))
        self._began = None

    def place_calls(self, voices):
        """Returns when all talk."""
        self._began = time.time()
        numbers = self.stage.home / "numbers.csv"
        lines = (f"138{n:08};\n" for n in range(self.calls))
        numbers.write_text("SEQUENTIAL\n" + "".join(lines))
        self.callers = self.stage.start_call(
            "talk", calls=self.calls, rate=max(1, self.calls // PLACED_S), dialled=HOTLINE,
            user="[field0]", numbers=numbers, audio=AUDIO_PORTS.format(1000),
            talk_ms=1000 * HANGS_UP_S)
        self.stage.wait_until(lambda: len(_answers(self.callers)) == self.calls,
                              f"{self.calls} answers", 15)
        self._speak(voices)

    def wait_until(self, second):
        """Of the scene's time."""
        time.sleep(max(0, self._began + second - time.time()))

    def kill(self):
        """kill -9, and a start by whom the unit has do it. Returns when it answers again."""
        asking = self.stage.bare_caller(call="asking")
        self.killed = time.time()
        self.stage.server.kill()
        time.sleep(restart_s())
        self.stage.server.launch()
        for n in range(1, 1000):
            asking.say(asking.request("OPTIONS", n))
            if asking.wait_for("SIP/2.0 200", seconds=0.02):
                self.back = time.time()
                return
        raise AssertionError("the server did not come back")

    def look(self):
        """How many calls go on, and what is reserved for them."""
        self.adopted = sum(call["adopted"] and call["state"] == "talking"
                           for call in self.stage.ctl.calls())
        self.reserved = self.stage.ctl.account("acme")["reserved"]

    def hang_up(self):
        """When everybody has, and all is written down: returns what did not go as planned."""
        problems = [_complaint_of(self.callers.wait, HANGS_UP_S + 30)]
        self.stage.wait_for_silence()
        end = time.monotonic() + 5
        while len(self.stage.ctl.cdrs()) < self.calls and time.monotonic() < end:
            time.sleep(0.1)
        return [one for one in (*problems, _complaint_of(self._phone.finish)) if one]

    def _speak(self, voices):
        phones = _places(self._phone.messages())
        for user, (own, server) in _places(self.callers.messages()).items():
            number = 2 * len(self.pairs)
            phone_own, phone_server = phones[user]
            self.pairs[user] = (Side(own, server, number, number + 1),
                                Side(phone_own, phone_server, number + 1, number))
            voices.join_in(self.pairs[user])


def restart_s():
    """How long the service manager waits before it starts the server again."""
    milliseconds = re.search(r"^RestartSec=(\d+)ms$", UNIT.read_text(), re.M).group(1)
    return int(milliseconds) / 1000


def _complaint_of(ending, *seconds):
    try:
        ending(*seconds)
    except SippFailed as failure:
        return str(failure)
    return ""


def number_of(message):
    """Of the caller, in whatever form it is written."""
    return re.search(r"sip:\+?(\d+)@", message.header("From")).group(1)[-11:]


def _answers(caller):
    return [m for m in caller.received("SIP/2.0 200") if m.method == "INVITE"]


def _places(messages):
    """Where a sipp takes audio and where the server does, by the caller's number."""
    found = {}
    for message in messages:
        if message.method == "INVITE" and message.body:
            own, server = found.get(number_of(message), (None, None))
            place = place_in(message)
            found[number_of(message)] = (place, server) if message.sent else (own, place)
    return found
