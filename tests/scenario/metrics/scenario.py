"""A program that watches the server sees calls and what became of them, by HTTP; the pages say when
no new calls are taken, and slow visitors keep nobody waiting."""

import socket
import urllib.error
import urllib.request

PORT = 9400


def play(stage):
    desk = stage.phone("desk")
    stage.open(server_keys=f'metrics = "{stage.server_host}:{PORT}"', drain_s=20)
    idle = [socket.create_connection((stage.server_host, PORT)) for _ in range(8)]
    idle[0].sendall(b"GET /metrics HTTP/1.1\r\nX-Slow: ")
    status, text = page(stage, "/ready")
    assert (status, text) == (200, "ready\n"), (status, text)
    assert page(stage, "/health") == (200, "ok\n")
    assert page(stage, "/")[0] == 404
    stage.call("talk")
    held = stage.start_call("listen")
    stage.wait_until(lambda: len(desk.received("ACK")) == 2, "a call that is held")
    stage.wait_until(lambda: metrics(stage).get('hotline_calls{state="talking"}') == 1, "its state")
    seen = metrics(stage)
    assert seen['hotline_calls_ended_total{cause="hung_up",answered="yes"}'] == 1, seen
    assert seen["hotline_ring_delay_seconds_count"] == 1, seen
    assert seen["hotline_trunk_up{trunk=\"carrier\"}"] == 1, seen
    assert seen["hotline_reserved_yuan"] > 0 and seen["hotline_store_up"] == 1, seen
    assert seen["hotline_store_commit_seconds_count"] > 2, seen
    assert 0 < seen["hotline_resident_bytes"] < 4e9, seen
    stage.server.terminate()
    stage.wait_until(lambda: page(stage, "/ready") == (503, "draining\n"), "that it drains")
    assert page(stage, "/health")[0] == 200
    (call,) = stage.ctl.calls()
    stage.ctl.ask("call", "hangup", call["id"])
    held.wait(10)
    stage.server.wait()
    for one in idle:
        one.close()
    stage.restart()


def page(stage, path):
    """Its status and text."""
    try:
        url = f"http://{stage.server_host}:{PORT}{path}"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def metrics(stage):
    """Each sample's value, by its name and labels as written."""
    status, text = page(stage, "/metrics")
    assert status == 200, text
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
