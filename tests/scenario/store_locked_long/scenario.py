"""Somebody holds the database for twelve seconds: the server answers at once all that time, says
what is wrong, refuses new calls and answers; calls that talk go on and end as ever, and right after
it each has one record and pays for what it was."""

import sqlite3

from support.live import Asking, Outage

HELD_S = 12


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    outage = Outage(stage, desk)
    (database,) = (stage.home / "state").glob("*.db")
    books = sqlite3.connect(database, isolation_level=None)
    with Asking(stage):
        books.execute("BEGIN IMMEDIATE")
        outage.live_through("locked", HELD_S)
        books.execute("ROLLBACK")
        outage.recover()
    books.close()
