"""Somebody holds the database: an answer that cannot be made durable is given up within 2 s (the
phone hung up on, the caller told 503, nothing charged), new calls are refused at the door, and all
is well again when the database is."""

import sqlite3


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    (database,) = (stage.home / "state").glob("*.db")
    books = sqlite3.connect(database, isolation_level=None)
    books.execute("BEGIN IMMEDIATE")
    first = stage.call("refused", status=503)
    (refusal,) = first.received("SIP/2.0 503")
    assert refusal.header("Reason") == 'Q.850;cause=41;text="Temporary failure"'
    assert int(refusal.header("Retry-After")) > 0
    assert refusal.time - first.messages()[0].time < 3.5
    stage.wait_until(lambda: desk.received("BYE"), "the phone's BYE")
    stage.call("refused", status=503)
    assert len(desk.received("INVITE")) == 1, "the second call rang no phone"
    books.execute("ROLLBACK")
    books.close()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "both records")
    stage.call("talk")
