"""Damage to the database while the server is down: after any of it the server starts with books
that hold, or does not start and says which file is wrong, or says in its status what it cannot read
and takes no new calls; it never runs on broken books as if nothing were the matter."""

import shutil
import sqlite3

from support.sipp import SippFailed

CALLS = 20
PAGE = 4096


def play(stage):
    desk = stage.phone("desk", "hang_up", ring_ms=5, talk_ms=50)
    stage.open()
    take_calls(stage, CALLS)
    stage.server.kill()
    state = State(stage)
    older = state.copy("older")
    stage.restart()  # copies the log into the database: what comes now is in a new log
    take_calls(stage, 2 * CALLS)
    stage.server.kill()
    killed = state.copy("killed")
    log_size = state.log.stat().st_size
    problems = []

    def damage(what, copy, spoil, expect):
        state.put_back(copy)
        spoil()
        problem = expect(stage, start(stage))
        stage.server.kill()
        problems.extend([f"{what}: {problem}"] if problem else [])

    # A log is good up to its first bad frame.
    for size in (0, 10, log_size // 2, log_size - 100):
        damage(f"a log of {size} bytes", killed, lambda: cut(state.log, size), starts_well)
    for place in (0, log_size // 2, log_size - 50):
        damage(f"a log with bytes flipped at {place}", killed, lambda: flip(state.log, place),
               starts_well)
    # The log's index is made anew whatever it holds.
    damage("a stale index", killed, lambda: shutil.copy(older / state.index.name, state.index),
           starts_whole)
    damage("no index", killed, state.index.unlink, starts_whole)
    damage("rubbish for an index", killed, lambda: state.index.write_bytes(b"\xff" * 8 * PAGE),
           starts_whole)
    damage("an older database with a newer log", killed,
           lambda: shutil.copy(older / state.database.name, state.database), starts_well_or_refuses)

    state.put_back(killed)
    stage.restart()
    stage.server.terminate()
    assert stage.server.wait() == 0
    stopped = state.copy("stopped")
    damage("an older log", stopped, lambda: shutil.copy(older / state.log.name, state.log), refuses)
    damage("an older database and log", stopped, lambda: state.put_books_back(older), refuses)
    state.put_back(stopped)
    roots = state.settle()
    settled = state.copy("settled")
    for size in (0, 50, PAGE, state.database.stat().st_size // PAGE // 2 * PAGE):
        damage(f"a database of {size} bytes", settled, lambda: cut(state.database, size), refuses)
    # With a sanitizer each start takes a second.
    for name, page in roots[::5] if stage.server.is_instrumented() else roots:
        damage(f"{name} cannot be read", settled, lambda: flip(state.database, (page - 1) * PAGE),
               refuses_or_tells)

    state.put_back(settled)
    stage.restart()
    stage.call("listen")
    assert not problems, "\n".join(["", *problems])
    # It complains of what a journal of before asks about calls that are over.
    desk.kill()
    del stage.phones["desk"]


def take_calls(stage, so_many):
    """Until there are that many records."""
    stage.call("listen", calls=CALLS, rate=50)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == so_many, f"{so_many} records")


class State:
    """The state directory, of which copies are made and put back while no server runs."""

    def __init__(self, stage):
        self._home, self._folder = stage.home, stage.home / "state"
        (self.database,) = self._folder.glob("*.db")
        self.log = self.database.with_name(f"{self.database.name}-wal")
        self.index = self.database.with_name(f"{self.database.name}-shm")

    def copy(self, name):
        return shutil.copytree(self._folder, self._home / name, symlinks=True)

    def put_back(self, copy):
        shutil.rmtree(self._folder)
        shutil.copytree(copy, self._folder, symlinks=True)

    def put_books_back(self, copy):
        """The database as it was then; anchors stay what they are."""
        for file in (self.database, self.log, self.index):
            shutil.copy(copy / file.name, file)

    def settle(self):
        """Makes the database whole without its log. Returns each table and index with its first
        page."""
        books = sqlite3.connect(self.database)
        books.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        roots = books.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0")
        roots = roots.fetchall()
        books.close()
        return roots


def cut(file, size):
    with open(file, "r+b") as opened:
        opened.truncate(size)


def flip(file, place, size=32):
    with open(file, "r+b") as opened:
        opened.seek(place)
        bits = opened.read(size)
        opened.seek(place)
        opened.write(bytes(byte ^ 0xFF for byte in bits))


def start(stage):
    """Returns None where the server runs; else why it did not start."""
    said = len(stage.server.log())
    stage.server.launch()
    stage.wait_until(lambda: " event=ready" in stage.server.log()[said:]
                     or not stage.server.is_running(), "a start, or a refusal", 10)
    if stage.server.is_running():
        return None
    lines = stage.server.log()[said:].splitlines()
    return " / ".join(line for line in lines if line.startswith("hotlined: ")) or "\n".join(lines)


def starts_well(stage, refusal):
    if refusal is not None:
        return f"does not start: {refusal}"
    code, books = stage.ctl.audit()
    records = len(stage.ctl.cdrs()) if code == 0 else -1
    return "" if code == 0 and CALLS <= records <= 2 * CALLS else f"{records} records, {books}"


def starts_whole(stage, refusal):
    """With every record there was."""
    problem = starts_well(stage, refusal)
    return problem or ("" if len(stage.ctl.cdrs()) == 2 * CALLS else "records are gone")


def refuses(stage, refusal):
    named = refusal and (f"{stage.home}/state/hotline.db: " in refusal or "/anchors/" in refusal)
    exits = refusal is None or stage.server.wait() == 1
    return "" if named and exits else f"says {refusal!r}"


def starts_well_or_refuses(stage, refusal):
    return refuses(stage, refusal) if refusal is not None else starts_well(stage, refusal)


def refuses_or_tells(stage, refusal):
    """What is not read at the start may be found a little later."""
    if refusal is not None:
        return refuses(stage, refusal)
    def told():
        return any("hotline.db" in one for one in stage.ctl.ask("status")["warnings"])
    try:
        stage.wait_until(told, "a warning", 2)
    except AssertionError:
        return "runs, and says nothing"
    try:
        stage.call("refused", status=503)
    except SippFailed as why:
        return f"takes new calls: {why}"
    return ""
