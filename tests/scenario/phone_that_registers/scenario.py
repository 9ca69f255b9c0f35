"""A phone at an address that no configuration names says where it is (REGISTER) and proves its
password; it is rung there, also after kill -9. Who guesses passwords hears the same of users that
there are and that there are not, gets nowhere, and soon no answer at all, while the phone does."""

import hashlib
import pathlib
import re
import secrets

from support.udp import BarePhone

PASSWORD = "a secret of thirty-two letters.."
REALM = "hotline"


def play(stage):
    write_password(stage, PASSWORD)
    stage.open()
    li = Registering(stage, stage.reserve("li"), "li")
    caller = stage.start_call("refused", status=480)
    caller.wait(10)
    assert li.register(PASSWORD).start_line == "SIP/2.0 200 OK"
    answer_a_call(stage, li)
    stage.server.kill()
    stage.restart()
    answer_a_call(stage, li)

    thief = Registering(stage, stage.reserve("thief"), "li")
    ghost = Registering(stage, stage.reserve("ghost"), "nobody")
    for peer in (thief, ghost):
        no = peer.register("wrong")
        assert no.start_line == "SIP/2.0 401 Unauthorized", no
    assert shape(thief.last) == shape(ghost.last), "it shows which users there are"
    guesses = 1
    while guesses < 20 and thief.register("guess"):
        guesses += 1
    assert guesses <= 10, f"{guesses} guesses were answered"
    assert len(thief.last.raw) <= 600, "an answer far longer than what asked for it"
    assert li.register(PASSWORD).start_line == "SIP/2.0 200 OK", "the phone is locked out"
    stranger = Registering(stage, stage.reserve("stranger"), "li")
    stranger.send(stranger.text().replace("REGISTER", "OPTIONS"), stage.server_host)
    assert stranger.wait_for("SIP/2.0", seconds=0.5) is None, "another request was answered"

    assert li.register(PASSWORD, expires=0).start_line == "SIP/2.0 200 OK"
    stage.start_call("refused", status=480).wait(10)
    assert stage.counter("banned") == 1
    for text in (stage.server.log(), stage.ctl.run("--json", "status")[1]):
        assert PASSWORD not in text and "wrong" not in text
    for peer in (li, thief, ghost, stranger):
        peer.finish()


class Registering(BarePhone):
    """A phone that asks to be known."""

    def __init__(self, stage, host, user):
        super().__init__(host, 0, user)
        self.user, self._server, self._cseq, self.last = user, stage.server_host, 0, None
        self._call = secrets.token_hex(8)

    def register(self, password, expires=300):
        """Asks, is asked who it is, and says so. Returns the last answer; None: silence."""
        self.send(self.text(expires=expires), self._server)
        asked = self.wait_for("SIP/2.0", seconds=1)
        if asked is None or not asked.start_line.startswith("SIP/2.0 401"):
            return asked
        proof = self.proof(asked.header("WWW-Authenticate"), password)
        self.send(self.text(proof, expires), self._server)
        answer = self.wait_for("SIP/2.0", seconds=1)
        self.last = answer or self.last
        return answer

    def text(self, proof="", expires=300):
        self._cseq += 1
        return (f"REGISTER sip:{self._server} SIP/2.0\n"
                f"Via: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{secrets.token_hex(8)}\n"
                f"From: <sip:{self.user}@{self._server}>;tag={secrets.token_hex(4)}\n"
                f"To: <sip:{self.user}@{self._server}>\nCall-ID: {self._call}\n"
                f"CSeq: {self._cseq} REGISTER\nMax-Forwards: 70\nExpires: {expires}\n"
                f"Contact: <sip:{self.user}@192.168.1.9:5060>\n{proof}Content-Length: 0\n\n")

    def proof(self, challenge, password):
        """RFC 2617 §3.2.2."""
        nonce = re.search(r'nonce="([^"]+)"', challenge)[1]
        uri, cnonce = f"sip:{self._server}", secrets.token_hex(8)
        ours = md5(f"{self.user}:{REALM}:{password}")
        response = md5(f"{ours}:{nonce}:00000001:{cnonce}:auth:{md5(f'REGISTER:{uri}')}")
        return (f'Authorization: Digest username="{self.user}", realm="{REALM}", nonce="{nonce}", '
                f'uri="{uri}", response="{response}", algorithm=MD5, cnonce="{cnonce}", qop=auth, '
                f"nc=00000001\n")


def answer_a_call(stage, phone):
    records = len(stage.ctl.cdrs())
    caller = stage.start_call("talk", talk_ms=300)
    invite = phone.wait_for("INVITE", seconds=5)
    assert invite, "the phone does not ring"
    assert invite.start_line.startswith(f"INVITE sip:li@{phone.host}:{phone.port} "), invite
    phone.answer(invite, "li")
    assert phone.wait_for("ACK")
    phone.reply(phone.wait_for("BYE"), "200 OK")
    caller.wait(5)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) > records, "its record")


def shape(answer):
    """Of an answer, without what is new in each."""
    text = re.sub(r'nonce="[^"]+"|branch=\S+|tag=\S+|Call-ID: \S+', "", answer.raw.decode())
    return re.sub(r"127(\.\d+){3}(:\d+)?|nobody|li\b|rport=\d+", "", text)


def md5(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def write_password(stage, password):
    path = pathlib.Path(stage.config) / "passwords" / "li"
    path.parent.mkdir(parents=True)
    path.write_text(password + "\n", encoding="utf-8")
    path.chmod(0o600)
