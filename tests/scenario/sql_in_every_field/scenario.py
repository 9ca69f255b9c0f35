"""SQL in every field that a trunk, a stranger or an admin can write: in all headers of calls and
their descriptions, in REGISTER, in the arguments of hotlinectl, in paths, queries and bodies of the
admin API. Calls go through, records and ledger hold such text to the letter, filters find what is
written so and nothing else, and what is refused leaves every table as it was."""

import json
import pathlib
import time

import admins
from books import Books
from callers import Injector, guess_as
from support.talk import hang_up, talk

TEXTS = ("'), (1); DROP TABLE ledger; --", '" OR 1=1 --', "x') UNION SELECT name FROM account --",
         "'OR'1'='1")
# The same, as a Call-ID may be written: it holds no blanks, no semicolon, no equals sign.
WORDS = ("')/**/DROP/**/TABLE/**/ledger--", '"/**/OR/**/1<2--',
         "x')/**/UNION/**/SELECT/**/name/**/FROM/**/account--", "'OR'1'<'2")
KEPT = {"ledger": 8, "cdr_note": 4, "cdr_note_link": 4, "note": 2}  # rows that admins make
TALK_S = 0.05


def play(stage):
    secret = pathlib.Path(stage.config) / "passwords" / "li"
    secret.parent.mkdir(parents=True)
    secret.write_text("of no use here\n", encoding="utf-8")
    secret.chmod(0o600)
    desk = stage.bare_phone("desk")
    stage.open()
    books = Books(stage)
    schema = books.schema()
    for text, word in zip(TEXTS, WORDS):
        call(stage, desk, Injector(stage, text, word))
    call(stage, desk, Injector(stage, TEXTS[0], "asserted", asserted=True), kill=True)
    dial(stage, TEXTS[2])
    guess_as(stage, TEXTS[0])
    check_records(stage)
    check_filters(stage)
    administer(stage, books)
    assert books.schema() == schema, "the schema is another one"
    code, found = stage.ctl.audit()
    assert code == 0 and not found["findings"], found


def administer(stage, books):
    """What is wrong changes no table, what is right no other than it should."""
    counts = books.counts()
    admins.refused_by_http(stage, TEXTS)
    admins.refused_by_ctl(stage, TEXTS)
    assert books.counts() == counts, "a refused request has changed something"
    admins.kept(stage, TEXTS)
    counts = {name: count + KEPT.get(name, 0) for name, count in counts.items()}
    assert books.counts() == counts, "more is kept than was said, or less"
    stage.server.terminate()
    assert stage.server.wait() == 0
    admins.kept_without_server(stage, f"{TEXTS[0]} stopped")
    stage.restart()


def call(stage, desk, caller, kill=False):
    """A call of it, from beginning to end; the server may be killed in the midst of it."""
    invite, ok = talk(caller, desk)
    shown = caller.text.replace('"', '\\"')
    assert invite.header("From").startswith(f'"{shown}" <'), invite.raw
    if kill:
        stage.server.kill()
        stage.restart()
        # Nobody knows whether the former process still heard of the answer.
        caller.ask("ACK", caller.wait_for("SIP/2.0 200"), 1)
        desk.reply(desk.wait_for("OPTIONS"), "200 OK")
    time.sleep(TALK_S)
    hang_up(caller, desk, ok, 2)
    assert caller.wait_for("SIP/2.0 200").header("CSeq") == "2 BYE"
    stage.wait_for_silence()


def dial(stage, text):
    """A call to a number that is such a text."""
    caller = Injector(stage, text, "dials", dialled=True)
    caller.say(caller.invite())
    assert caller.wait_for("SIP/2.0 4").status == 404


def check_records(stage):
    """They hold the texts as they came."""
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == len(TEXTS) + 2, "the records")
    *answered, asserted, dialled = stage.ctl.cdrs()
    for record, text, word in zip(answered, TEXTS, WORDS):
        assert record["caller_raw"] == number(text), record
        assert record["caller_leg_id"] == word, record
    assert asserted["caller_raw"] == number(TEXTS[0]), asserted
    assert "restart: the call went on" in asserted["trace"], asserted
    for record in (*answered, asserted):
        assert (record["caller_e164"], record["charge"]) == ("", "0.300"), record
        assert record["release"]["cause"] == "hung_up", record
    assert dialled["hotline"] == TEXTS[2], dialled
    assert dialled["release"]["cause"] == "unknown_number", dialled


def number(text):
    """What of it is the number, in the user part of a URI: no parameters."""
    return text.partition(";")[0]


def check_filters(stage):
    """A text finds the records that hold it, be it SQL, and no further one."""
    of_caller = [record["seq"] for record in stage.ctl.cdrs()
                 if record["caller_raw"] == TEXTS[3]]
    assert len(of_caller) == 1
    for option, text, found in (
            ("--caller", TEXTS[3], of_caller), ("--caller", TEXTS[3] + "'--", []),
            ("--hotline", TEXTS[3], []), ("--hotline", "4001234567'--", []),
            ("--phone", "' OR 1=1 --", []), ("--phone", "desk' --", []),
            ("--rang", "%", []), ("--rang", "%' OR '1'='1", [])):
        rows = stage.ctl.ask("cdr", "list", f"{option}={text}")["cdrs"]
        assert [row["seq"] for row in rows] == found, (option, text, rows)
    for option, text, found in (("--caller", TEXTS[3], of_caller), ("--rang", TEXTS[3], [])):
        # That reads the database itself.
        code, out, err = stage.ctl.run("cdr", "export", "--format=jsonl", f"{option}={text}")
        exported = [json.loads(line)["seq"] for line in out.splitlines()]
        assert (code, exported) == (0, found), (option, text, code, out, err)
