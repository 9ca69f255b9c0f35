"""Admins who write SQL: over the control socket, and by hotlinectl."""

import http.client
import itertools
import json
import socket
from urllib.parse import quote

HOTLINE = "4001234567"
REASONS = "bad_", "missing_", "no_such_", "unknown_"
COMMANDS = (  # SQL stands for the text
    ("account", "open", "SQL"), ("account", "show", "SQL"), ("account", "history", "SQL"),
    ("account", "recharge", "SQL", "1.00", "--reference=r"), ("account", "close", "SQL", "--why=w"),
    ("account", "recharge", "acme", "SQL", "--reference=r"), ("ledger", "list", "--account=SQL"),
    ("ledger", "reverse", "SQL", "--why=w"), ("ledger", "list", "--kind=SQL"),
    ("cdr", "list", "--account=SQL"), ("cdr", "list", "--result=SQL"), ("cdr", "show", "SQL"),
    ("cdr", "list", "--from=SQL"), ("cdr", "export", "--account=SQL"), ("call", "show", "SQL"),
    ("cdr", "note", "SQL", "--kind=remark", "--text=t"), ("statement", "SQL", "2026-10"),
    ("explain", "--cdr", "SQL"), ("explain", "--to", "SQL", "--from", "SQL"),
    ("call", "hangup", "SQL"), ("caller", "block", "SQL"), ("caller", "lift", "SQL"),
    ("phone", "pause", "SQL", "desk"), ("phone", "pause", HOTLINE, "SQL"),
    ("notice", "list", "--account=SQL"), ("notice", "resend", "SQL"))


class Control(http.client.HTTPConnection):
    """HTTP on the control socket."""

    def __init__(self, stage):
        super().__init__("localhost", timeout=10)
        self._path = str(stage.home / "control.sock")

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)

    def ask(self, method, target, body=None):
        """The status and what is answered."""
        self.request(method, target, None if body is None else json.dumps(body))
        answer = self.getresponse()
        return answer.status, json.loads(answer.read())


def refused_by_http(stage, texts):
    """Whatever is no name, number or word of ours is refused as that, wherever it stands."""
    control = Control(stage)
    (one, *_) = stage.ctl.cdrs()
    for text in texts:
        for method, target, body in _http_rows(text, one["id"]):
            status, answer = control.ask(method, target, body)
            assert status in (400, 404), (method, target, body, status, answer)
            assert answer["error"]["code"].startswith(REASONS), answer
        for key in ("phone", "rang"):
            status, answer = control.ask("GET", f"/cdrs?{key}={quote(text, safe='')}")
            assert (status, answer["cdrs"]) == (200, []), (key, text, answer)
    # Not encoded at all, and in the names of parameters.
    for target in ("/accounts/'OR'1'='1", "/accounts/acme'--", "/cdrs?caller='OR'1'='1'--&a'=1",
                   "/ledger?kind=recharge'OR'1'='1", "/cdrs?limit=1;DROP", "/cdrs/1%27OR%271"):
        status, answer = control.ask("GET", target)
        assert status == 400, (target, status, answer)
    control.close()


def _http_rows(text, call):
    """Method, target and body of requests that are wrong only by that text."""
    at = quote(text, safe="")
    yield from (("GET", target, None) for target in (
        f"/accounts/{at}", f"/accounts/{at}/history", f"/cdrs/{at}", f"/calls/{at}",
        *(f"/cdrs?{key}={at}" for key in ("from", "to", "account", "result", "caller_province",
                                         "phone_province", "order", "limit", "after_seq")),
        f"/cdrs?{at}=1", f"/ledger?account={at}", f"/ledger?kind={at}", f"/ledger?after_seq=0{at}",
        f"/notices?account={at}", f"/notices?pending={at}"))
    yield "DELETE", f"/calls/{at}", None
    yield "POST", f"/notices/1{at}/resend", None
    yield from (("POST", target, body) for target, body in (
        ("/accounts", {"name": text}),
        (f"/accounts/{at}/recharge", {"amount": "1.00", "reference": "r"}),
        ("/accounts/acme/recharge", {"amount": text, "reference": "r"}),
        ("/accounts/acme/recharge", {"amount": "1.00", "reference": [text]}),
        ("/accounts/acme/recharge", {"amount": "1.00", "reference": "r", text: "1"}),
        ("/accounts/acme/adjust", {"amount": text, "reference": "r", "why": "w", "by": "b"}),
        ("/accounts/acme/service", {"service": text, "reference": "r", "by": "b"}),
        (f"/accounts/{at}/close", {"why": "w", "by": "b"}),
        ("/phones/pause", {"hotline": text, "phone": "desk", "for": "", "why": ""}),
        ("/phones/pause", {"hotline": HOTLINE, "phone": text, "for": "", "why": ""}),
        ("/phones/pause", {"hotline": HOTLINE, "phone": "desk", "for": text, "why": ""}),
        ("/phones/resume", {"hotline": HOTLINE, "phone": text}),
        ("/callers/block", {"caller": text, "for": "1d", "why": ""}),
        ("/callers/lift", {"caller": text}),
        (f"/cdrs/{call}/notes", {"kind": text, "text": "t", "by": "b"}),
        (f"/cdrs/{at}/notes", {"kind": "remark", "text": "t", "by": "b"})))


def refused_by_ctl(stage, texts):
    """The same by hotlinectl, which says what is wrong and exits with an error. A text each time:
    with a sanitizer it takes its time."""
    for text, words in zip(itertools.cycle(texts), COMMANDS):
        words = [word.replace("SQL", text) for word in words]
        code, out, err = stage.ctl.run(*words)
        assert code in (1, 2) and not out and text in err, (words, code, out, err)


def kept(stage, texts):
    """What is written down stands there to the letter, once."""
    (one, *_) = stage.ctl.cdrs()
    for text in texts:
        stage.ctl.recharge("acme", "1.00", text)
        stage.ctl.ask("account", "adjust", "acme", "--amount=1.125", f"--reference={text}",
                      f"--why={text}", f"--by={text}")
        stage.ctl.ask("cdr", "note", one["id"], "--kind=remark", f"--text={text}", f"--by={text}")
    stage.ctl.recharge("acme", "1.00", texts[0])
    stage.ctl.ask("phone", "pause", HOTLINE, "li", f"--why={texts[0]}")
    stage.ctl.ask("caller", "block", "13900000009", f"--why={texts[0]}")
    paused = [phone["why"] for phone in stage.ctl.ask("phone", "list")["phones"] if phone["paused"]]
    blocked = [caller["why"] for caller in stage.ctl.ask("caller", "list")["callers"]]
    assert paused == blocked == [texts[0]], (paused, blocked)
    entries = stage.ctl.ledger()
    for kind in ("recharge", "adjustment"):
        booked = [entry for entry in entries if entry["kind"] == kind][-len(texts):]
        assert [entry["reference"] for entry in booked] == list(texts), booked
    assert [(entry["why"], entry["by"]) for entry in booked] == list(zip(texts, texts)), booked
    notes = stage.ctl.ask("cdr", "show", one["id"])["cdr"]["notes"]
    assert [(note["text"], note["by"]) for note in notes] == list(zip(texts, texts)), notes


def kept_without_server(stage, text):
    """So it is where hotlinectl opens the database itself."""
    for _ in range(2):
        stage.ctl.recharge("acme", "1.00", text)
    entry = stage.ctl.ledger()[-1]
    assert (entry["reference"], entry["amount"]) == (text, "1.000"), entry
    assert not stage.ctl.ask("cdr", "list", f"--phone={text}")["cdrs"]
    assert stage.ctl.run("account", "show", text)[0] == 2
