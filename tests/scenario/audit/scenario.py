"""The books hold beside a running server, after its end and after kill -9; a digit changed behind
the server's back is named by its row; an old database put back is not started on."""

import shutil
import sqlite3


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    stage.call("talk")
    stage.call("talk")
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "two records")
    code, books = stage.ctl.audit()
    assert code == 0 and books["records"] == 2 and books["anchors"] >= 1, books
    code, out, err = stage.ctl.run("audit")
    assert code == 0 and out.endswith("\nthe books hold\n"), out + err

    call = stage.ctl.cdrs()[0]["id"]
    stage.ctl.ask("cdr", "note", call, "--kind", "called_back", "--text", "十点", "--by", "wang")
    assert stage.ctl.ask("cdr", "show", call)["cdr"]["notes"][0]["text"] == "十点"

    # As long as the server lives, a live call is no damage; nor is kill -9.
    caller = stage.start_call("listen")
    stage.wait_until(lambda: [each["state"] for each in stage.ctl.calls()] == ["talking"],
                     "a call that talks")
    code, books = stage.ctl.audit()
    assert code == 0 and books["open_calls"] == 1 and books["notes"] == 1, books
    stage.server.kill()
    assert stage.ctl.audit()[0] == 0
    stage.restart()
    (call,) = stage.ctl.calls()
    assert stage.ctl.audit()[0] == 0
    stage.ctl.ask("call", "hangup", call["id"])
    caller.wait(20)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 3, "the record of the call that went on")
    stage.wait_until(lambda: len(desk.received("BYE")) == 3, "the phone's last BYE")
    assert stage.ctl.audit()[0] == 0

    end(stage)
    state = stage.home / "state"
    (database,) = state.glob("*.db")
    latest = (state / "anchors" / "latest").read_text()
    assert "\nrecords 3\n" in latest and "\nnotes 1\n" in latest, latest
    old = copy_of(database, stage.home / "old.db")

    edit(database, "UPDATE cdr SET charge_li = charge_li + 1 WHERE seq = 2")
    code, books = stage.ctl.audit()
    rows = {(each["table"], each["seq"]) for each in books["findings"]}
    assert code == 1 and ("cdr", 2) in rows, books
    stage.server.start()  # an edit stops nobody, but is told of
    assert any("cdr 2: " in warning for warning in stage.ctl.ask("status")["warnings"])
    stage.call("talk")
    end(stage)

    for leftover in state.glob(database.name + "-*"):
        leftover.unlink()  # the log of what came after it
    shutil.copy(old, database)
    code, said = stage.server.try_to_start()
    assert code == 1 and "The database is older than this anchor" in said, said
    code, books = stage.ctl.audit()
    assert code == 1 and {each["table"] for each in books["findings"]} == {"anchor"}, books
    (state / "anchors").rename(stage.home / "anchors.kept")
    stage.server.start()
    stage.wait_until(lambda: stage.ctl.audit()[1]["anchors"] > 0, "anchors of its own")
    code, books = stage.ctl.audit("--anchors", stage.home / "anchors.kept")
    assert code == 1, books


def end(stage):
    stage.wait_for_silence()
    stage.server.terminate()
    assert stage.server.wait() == 0


def copy_of(database, to):
    """All of it, also what is still in its log."""
    source, target = sqlite3.connect(database), sqlite3.connect(to)
    source.backup(target)
    source.close()
    target.close()
    return to


def edit(database, sql):
    """What somebody does who may write the file, and covers it up."""
    books = sqlite3.connect(database)
    (trigger,) = books.execute("SELECT sql FROM sqlite_schema WHERE name = 'cdr_keeps'").fetchone()
    books.executescript(f"DROP TRIGGER cdr_keeps; {sql}; {trigger};")
    books.close()
