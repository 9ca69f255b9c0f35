"""The server may open no more files: callers that need some are told to come back later, who
connects is sent away, nobody is kept busy by that, and a talk goes on and is recorded. When there
are files again, all is well again without a restart."""

import contextlib
import os
import pathlib
import resource
import socket
import subprocess
import time

from support.rtp import RelayedCall, hear_each_other
from support.stage import CannotPlay
from support.udp import tag_of

SHORTAGE_S = 3
MOST_BUSY = 0.3  # of one processor: a loop that tries again and again takes all of it
OPTIONS = ("OPTIONS sip:{server} SIP/2.0\r\nVia: SIP/2.0/TCP {host}:{port};branch=z9hG4bKo\r\n"
           "From: <sip:carrier@{host}>;tag=o\r\nTo: <sip:{server}>\r\nCall-ID: o@{host}\r\n"
           "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")


def play(stage):
    if stage.server.is_instrumented():
        raise CannotPlay("the sanitizer looks at memory through a pipe, for which there is none")
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    lives = RelayedCall(stage)
    lives.talk()
    limits = resource.prlimit(stage.server.pid, resource.RLIMIT_NOFILE)
    stage.wait_until(lambda: has_calmed_down(stage), "a steady number of files")
    most = max(map(int, open_files(stage))) + 1
    resource.prlimit(stage.server.pid, resource.RLIMIT_NOFILE, (most, limits[1]))
    try:
        with contextlib.ExitStack() as idle:
            while len(open_files(stage)) < most:
                idle.enter_context(connect(stage))
                time.sleep(0.1)
            shortage(stage, lives)
    finally:
        resource.prlimit(stage.server.pid, resource.RLIMIT_NOFILE, limits)
    with connect(stage) as again:
        ask(stage, again)
        assert again.recv(4096).startswith(b"SIP/2.0 200"), "nobody can connect any more"
    assert stage.counter("sent_away") >= 1 and stage.counter("out_of_descriptors") >= 1
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "the records of the shortage")
    RelayedCall(stage).hang_up()


def shortage(stage, lives):
    """What happens meanwhile."""
    waiting = connect(stage)
    ask(stage, waiting)
    # Whoever asks meanwhile waits, or hears that it does not go: he does not break anything.
    command = [stage.ctl.binary, "--config", stage.ctl.config, "status"]
    asks = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    refused = stage.bare_caller(call="refused")
    refused.say(refused.invite())
    no = refused.wait_for("SIP/2.0 503")
    assert no and no.header("Retry-After"), "the call that has no ports"
    refused.say(refused.request("ACK", to_tag=tag_of(no), branch="refusedINVITE1"))
    busy, began = cpu_s(stage), time.monotonic()
    time.sleep(SHORTAGE_S)
    busy = (cpu_s(stage) - busy) / (time.monotonic() - began)
    print(f"busy for {busy:.0%} of the time")
    hear_each_other(lives.caller_audio, lives.caller_place, lives.desk_audio, lives.desk_place)
    lives.hang_up()
    asks.kill()
    asks.wait()
    assert busy < MOST_BUSY, f"the server is busy with itself: {busy:.0%} of a processor"
    with waiting, contextlib.suppress(ConnectionResetError):
        assert waiting.recv(4096) == b"", "it was not sent away"


def connect(stage):
    return socket.create_connection((stage.server_host, 5060), 5, (stage.carrier, 0))


def ask(stage, connection):
    host, port = connection.getsockname()
    connection.sendall(OPTIONS.format(server=stage.server_host, host=host, port=port).encode())


def has_calmed_down(stage):
    """What hotlinectl asked for is closed."""
    before = open_files(stage)
    time.sleep(0.2)
    return before == open_files(stage)


def open_files(stage):
    return os.listdir(f"/proc/{stage.server.pid}/fd")


def cpu_s(stage):
    stat = pathlib.Path(f"/proc/{stage.server.pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
