"""An account's owner is told of each step down and of the month's cap, each once: by a command that
fails twice for each, through a server that is killed while it runs, with the same words each time.
What was delivered is sent again when somebody asks, also of a stopped server; a command that does
not end is killed; the command is changed by a reload."""

import json
import pathlib
import sqlite3
import sys

TELL = pathlib.Path(__file__).parent / "tell.py"


def play(stage):
    stage.phone("desk", "answer")
    command = f'command = ["{sys.executable}", "{TELL}", "{stage.home}"]\nretry_s = 1'
    stage.open(balance="60.00", notice="")
    stage.call("talk")
    stage.wait_for_silence()
    stage.call("refused", status=403)
    stage.call("refused", status=403)
    adjust(stage, "-20.00", "low")
    stage.wait_until(lambda: len(notices(stage)) == 2, "two notices")
    stage.wait_until(lambda: stage.ctl.ask("status")["notices"]["waiting"] == 2, "the count")
    _, out, _ = stage.ctl.run("status")
    assert "2 waiting to be delivered, no [notice] command" in out, out

    reload(stage, command)
    stage.wait_until(lambda: "exit status 7: no route to acme" in stage.ctl.run("status")[1],
                     "the error in the status")
    stage.wait_until(lambda: not pending(stage), "the delivery", 20)
    assert [kind for kind, *_ in runs(stage)].count("low_balance") == 3, runs(stage)
    assert [kind for kind, *_ in runs(stage)].count("cap_reached") == 3, runs(stage)
    assert not stage.ctl.ask("status")["notices"]["waiting"]

    (stage.home / "hang").touch()
    adjust(stage, "-30.00", "suspended")
    stage.wait_until(lambda: len(runs(stage)) == 7, "the seventh run")
    stage.server.kill()  # while the command runs: nobody knows whether it has told anybody
    (stage.home / "hang").unlink()
    days_pass(stage, 11)
    stage.call("refused", status=403)  # the month's cap is still met, and no news
    stage.wait_until(lambda: len(notices(stage)) == 4 and not pending(stage), "the rest", 30)

    kept = {notice["id"]: notice for notice in notices(stage)}
    assert sorted(kept) == sorted({run[1] for run in runs(stage)}), (kept, runs(stage))
    kinds = [notice["kind"] for notice in kept.values()]
    assert kinds == ["cap_reached", "low_balance", "suspended", "reclaimed"], kinds
    assert len(runs(stage)) == 12 and len(set(runs(stage))) == 4, "three runs each, the same words"
    assert kept[runs(stage)[6][1]]["says"] == {"balance": "9.700", "threshold": "15.000"}, kept

    stage.ctl.ask("notice", "resend", 2)
    stage.wait_until(lambda: len(runs(stage)) == 13 and not pending(stage), "another delivery")
    stage.server.terminate()
    stage.server.wait()
    stage.ctl.ask("notice", "resend", 1)
    assert [notice["seq"] for notice in notices(stage, "--pending")] == [1]
    stage.restart()
    stage.wait_until(lambda: len(runs(stage)) == 14 and not pending(stage), "a late delivery")

    reload(stage, 'command = ["/bin/sh", "-c", "sleep 60"]\nretry_s = 1\ntimeout_s = 1')
    stage.ctl.ask("notice", "resend", 1)
    stage.wait_until(lambda: pending(stage) and "took too long and was killed"
                     in pending(stage)[0]["error"], "the end of one that hangs")
    reload(stage, command)
    stage.wait_until(lambda: not pending(stage), "the delivery after all", 20)
    code, _, err = stage.ctl.run("notice", "resend", 99)
    assert code == 1 and "there is no notice 99" in err, err


def adjust(stage, amount, reference):
    stage.ctl.ask("account", "adjust", "acme", "--amount", amount, "--reference", reference,
                  "--why", "a test", "--by", "wang")


def reload(stage, notice):
    stage.write_config(notice=notice)
    code, out, err = stage.ctl.run("reload")
    assert code == 0 and "restart" not in out, (out, err)


def notices(stage, *words):
    return stage.ctl.ask("notice", "list", "--oldest", *words)["notices"]


def pending(stage):
    return notices(stage, "--pending")


def runs(stage):
    """The command's runs: kind, id and all that it was given."""
    told = stage.home / "told.jsonl"
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return [(json.loads(line)["kind"], json.loads(line)["id"], line) for line in lines]


def days_pass(stage, days):
    """As if the killed server had been down for so long."""
    with sqlite3.connect(stage.home / "state" / "hotline.db") as database:
        database.execute("UPDATE account SET days_done = days_done - ?,"
                         " since_ms = since_ms - ? * 86400000", (days, days))
    stage.restart()
