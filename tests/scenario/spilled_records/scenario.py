"""Somebody holds the database while a call ends, and then the server ends too, by kill -9 and, at
another call, by SIGTERM: the next start files the record of each, billed to its real end."""

import contextlib
import sqlite3
import time

TALK_MS = 1500
SPILLS_S = 1.5  # it is tried every 200 ms, each time for 200 ms


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    for end in (stage.server.kill, lambda: stop(stage)):
        calls = len(stage.ctl.cdrs())
        call = stage.start_call("talk", talk_ms=TALK_MS)
        stage.wait_until(lambda: len(desk.received("ACK")) > calls, "the answer")
        time.sleep(0.3)  # the answer is durable; what comes now is not
        with held(stage.home / "state" / "hotline.db"):
            call.wait(10)
            time.sleep(SPILLS_S)
            end()
        stage.restart()
        record = stage.ctl.cdrs()[0]
        assert len(stage.ctl.cdrs()) == calls + 1, "one record"
        assert record["release"]["cause"] == "hung_up", record
        assert abs(record["talk_ms"] - TALK_MS) < 300, record
        assert not stage.ctl.calls(), "nothing of it was left to be adopted"


@contextlib.contextmanager
def held(database):
    """In the hands of another process."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as books:
        books.execute("BEGIN IMMEDIATE")
        yield
        books.execute("ROLLBACK")


def stop(stage):
    stage.server.terminate()
    stage.wait_until(lambda: not stage.server.is_running(), "the end", seconds=15)
    assert stage.server.exit_code() == 0, "nothing was lost"
    assert "not_durable" not in stage.server.log()
