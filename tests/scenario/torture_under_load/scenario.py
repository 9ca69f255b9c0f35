"""The torture messages of RFC 4475 and RFC 5118 again, all of them over UDP and over TCP, from a
trunk that calls meanwhile: every call is answered, talks, and has its record."""

import contextlib
import pathlib
import re
import sys
import time

from support.tcp import Stream
from support.udp import Peer

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "torture_messages"))

import application  # noqa: E402  (needs the path above)
import invalid  # noqa: E402
import ipv6  # noqa: E402
import valid  # noqa: E402

MESSAGES = (*valid.MESSAGES, *invalid.MESSAGES, *application.MESSAGES, *ipv6.MESSAGES)
CALLS, PER_S = 300, 25
TURN_S = 0.2


def play(stage):
    stage.phone("desk")
    tormentor = stage.reserve("tormentor").split(":")[0]
    stage.open(balance="1000.00", tormentor=tormentor)
    load = stage.start_call("talk", calls=CALLS, rate=PER_S, talk_ms=800)
    by_udp = Peer(tormentor, 0)
    stage.peers.append(by_udp)
    end, turn = time.monotonic() + CALLS / PER_S, 0
    while time.monotonic() < end:
        turn += 1
        for message in MESSAGES:
            by_udp.send(over("UDP", message.raw(turn)), stage.server_host)
            say_by_tcp(stage, tormentor, over("TCP", message.raw(f"tcp-{turn}")))
        by_udp.messages()
        time.sleep(TURN_S)
    print(f"{2 * turn * len(MESSAGES)} messages")
    load.wait(30)
    stage.wait_until(lambda: stage.counter("legs") == 0, "the end of all legs", seconds=60)
    answered = [cdr for cdr in stage.ctl.cdrs()
                if cdr["answered_by"] == "desk" and re.match(r"\d+-\d+@", cdr["caller_leg_id"])]
    assert len(answered) == CALLS, f"{len(answered)} of {CALLS} calls have a record of an answer"


def over(transport, raw):
    """The same, by what its topmost Via says."""
    return re.sub(rb"(?im)^(v(?:ia)?[ \t]*:[ \t]*SIP[ \t]*/[ \t]*2\.0[ \t]*/[ \t]*)\w+",
                  lambda found: found[1] + transport.encode(), raw, count=1)


def say_by_tcp(stage, host, raw):
    """Where the server ends the connection amid what is said, that is its right."""
    with contextlib.suppress(ConnectionError):
        stream = Stream(host, stage.server_host)
        stream.send(raw)
        stream.finish()
