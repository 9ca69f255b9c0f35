"""Callers and phones that write SQL wherever a message has room for text."""

import re
from urllib.parse import quote

from support.udp import SDP, BareCaller, Peer


class Injector(BareCaller):
    """A bare caller with that text in every header; `word` is its Call-ID."""

    def __init__(self, stage, text, word, asserted=False, dialled=False):
        super().__init__(stage.carrier, 0, stage.server_host, f"injector{len(stage.peers)}")
        stage.peers.append(self)
        self.text, self._word, self._asserted = text, word, asserted
        self._user, self._display = quote(text, safe=""), text.replace('"', '\\"')
        if dialled:
            self.dialled = self._user

    def request(self, method, *args, extra="", **values):
        product = re.sub(r"[()]", "", self.text)  # brackets would make a comment of the rest
        fields = {"User-Agent": product, "Subject": self.text, "Organization": self.text,
                  "X-Account": self.text}
        if method == "BYE":
            fields["Reason"] = f'Q.850;cause=16;text="{self._display}"'
        if self._asserted:
            fields["P-Asserted-Identity"] = f'"{self._display}" <sip:{self._user}@{self.host}>'
        extra += "".join(f"{name}: {value}\n" for name, value in fields.items())
        text = super().request(method, *args, extra=extra, **values)
        text = re.sub("(?m)^Call-ID: .*", lambda _: f"Call-ID: {self._word}", text)
        name = f'"{self._display}" '
        if not self._asserted:
            text = text.replace("<sip:13800000001@", f"{name}<sip:{self._user}@")
        return text.replace("To: <", f"To: {name}<")

    def invite(self, extra="", **_):
        body = SDP.format(host=self.host).replace("s=-", f"s={self.text}")
        return super().invite(extra=extra, body=body)


def guess_as(stage, user):
    """A stranger that registers under that name is as unknown as any."""
    stranger = Peer(stage.reserve("stranger"), 0)
    stage.peers.append(stranger)
    proof = ""
    for cseq in (1, 2):
        stranger.send(_register(stranger, stage.server_host, user, cseq, proof), stage.server_host)
        asked = stranger.wait_for("SIP/2.0")
        assert asked.status == 401, asked.raw
        nonce = re.search(r'nonce="([^"]+)"', asked.header("WWW-Authenticate"))[1]
        name = user.replace('"', '\\"')
        proof = (f'Authorization: Digest username="{name}", realm="{name}", nonce="{nonce}", '
                 f'uri="sip:{stage.server_host}", response="{"0" * 32}", algorithm=MD5\n')
    assert not stage.counter("registered")


def _register(peer, server, user, cseq, proof):
    user = quote(user, safe="")
    return (f"REGISTER sip:{server} SIP/2.0\n"
            f"Via: SIP/2.0/UDP {peer.host}:{peer.port};branch=z9hG4bK{cseq}\n"
            f"From: <sip:{user}@{server}>;tag=f\nTo: <sip:{user}@{server}>\n"
            f"Call-ID: register@{peer.host}\nCSeq: {cseq} REGISTER\nMax-Forwards: 70\n"
            f"Contact: <sip:{user}@{peer.host}:{peer.port}>\n{proof}Content-Length: 0\n\n")
