"""What keeps the server from starting is said in one sentence, with an exit code: a database from a
newer version, a port that is taken, a folder that cannot be written, rules that make no sense, a
second server on the same books."""

import re
import socket
import sqlite3


def play(stage):
    stage.open()
    refuses(stage, "another hotlined|in use|already|lock")
    stage.server.terminate()
    assert stage.server.wait() == 0

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((stage.server_host, 5060))
        refuses(stage, re.escape(stage.server_host))

    (database,) = (stage.home / "state").glob("*.db")
    with sqlite3.connect(database) as books:
        (version,) = books.execute("PRAGMA user_version").fetchone()
        books.execute(f"PRAGMA user_version = {version + 1}")
    refuses(stage, "newer")
    with sqlite3.connect(database) as books:
        books.execute(f"PRAGMA user_version = {version}")

    stage.write_config()
    general = stage.config / "hotline.toml"
    text = general.read_text(encoding="utf-8")
    (stage.home / "file").write_text("no folder")
    general.write_text(text.replace(f'"{stage.home}/state"', f'"{stage.home}/file/state"'))
    refuses(stage, re.escape(f"{stage.home}/file"))
    general.write_text(text)

    stage.restart()
    stage.ctl.ask("account", "show", "acme")


def refuses(stage, sentence):
    """Starts one more server on the same configuration; it must end and say why."""
    code, said = stage.server.try_to_start()
    assert code == 1, (code, said)
    lines = [line for line in said.splitlines() if line.startswith("hotlined: ")]
    assert len(lines) == 1 and re.search(sentence, lines[0]), said
