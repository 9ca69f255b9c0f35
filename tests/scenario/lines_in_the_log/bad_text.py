"""Text that would do harm in a log or on a terminal, and messages that carry it."""

from support.udp import SDP

FORGED = "2026-01-01T00:00:00.000+08:00 error event=forged"
# Line ends, escape sequences of terminals (with C1 controls too), NUL, DEL, what turns the
# direction of writing, what is no UTF-8, and what would end a quoted value.
RUDE = (f"\r\n{FORGED}".encode(), f"\r{FORGED}".encode(), f"\n{FORGED}".encode(),
        b"\x1b[2Jforged", b"\x1b]0;forged\x07", b"\0forged", b"\x7fforged",
        "\u202eforged".encode(), "\u2066forged".encode(), "\u2028forged".encode(),
        "\u0085forged".encode(), "\u009b2Jforged".encode(), b"\x9b2Jforged", b"\xffforged",
        b'" event="forged', b'\\" event=forged', b"forged event=forged")
INVITE = """INVITE sip:{dialled}@{server} SIP/2.0
Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{number}
From: "{display}" <sip:{user}@{host}>;tag=f{number}
To: "{to}" <sip:{dialled}@{server}>
Call-ID: {call}{number}@{host}
CSeq: 1 INVITE
Max-Forwards: 70
Contact: "{contact}" <sip:{contact_user}@{host}:{port}>
User-Agent: {agent}
Subject: {subject}
Reason: Q.850;cause=16;text="{reason}"
{asserted}Content-Type: application/sdp
Content-Length: {length}

""".replace("\n", "\r\n")
ASSERTED = 'P-Asserted-Identity: "{name}" <sip:{user}@{host}>\r\n'
USUAL = {"dialled": "4001234567", "display": "", "user": "13800000001", "to": "", "call": "rude",
         "contact": "", "contact_user": "x", "agent": "x", "subject": "x", "reason": "x",
         "asserted": ""}


class Rude:
    """Makes INVITEs of a caller, each a call of its own."""

    def __init__(self, caller, name):
        self._values = {"host": caller.host, "port": caller.port, "server": caller.server}
        self._name, self._made = name, 0

    def invite(self, **fields):
        """With these texts in those fields, byte for byte."""
        self._made += 1
        values = {**USUAL, **self._values, **fields, "number": f"{self._name}{self._made}"}
        session = fields.get("session", "-")
        body = SDP.format(host=values["host"]).replace("\n", "\r\n").replace("s=-", f"s={session}")
        return (INVITE.format(**values, length=len(body)) + body).encode("latin-1")

    def asserted(self, name, user):
        """With that identity, which the trunk vouches for."""
        return self.invite(asserted=ASSERTED.format(name=name, user=user, **self._values))

    def everywhere(self):
        """Each text in each field, as it is and, where that means anything, encoded."""
        for rude in RUDE:
            raw, coded = rude.decode("latin-1"), "".join(f"%{byte:02x}" for byte in rude)
            for field in (*USUAL, "session"):
                if field != "asserted":
                    yield self.invite(**{field: raw})
            yield self.asserted(raw, "13800000001")
            yield self.asserted("x", coded)
            yield self.invite(user=coded)
            yield self.invite(dialled=coded)


def rules_with(rude):
    """Rules of a hotline with an error that quotes each of those texts, and a very long one."""
    texts = [text.decode("utf-8", "replace") for text in rude] + ["forged" * 2000]
    coded = ("".join(f"\\u{ord(character):04x}" for character in text) for text in texts)
    return "".join(f'\n[[group]]\nname = "g{n}"\nphones = ["{text}"]\n"{text}" = 1\n'
                   for n, text in enumerate(coded))
