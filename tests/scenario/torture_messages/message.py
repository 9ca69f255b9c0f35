"""A message of the torture tests, and what is right to say to it."""

import re
from typing import NamedTuple


class Torture(NamedTuple):
    """Its name in the RFC, the answer that is right here, and the message; where it is not as the
    RFC has it or has it answered, a sentence why. "486": it was a call, and rang a busy phone;
    "": silence. A Call-ID begins with the name and a full stop, so that it can be made new."""

    name: str
    answer: str
    text: str
    why: str = ""

    def is_for_tcp(self):
        """Does its topmost Via say so?"""
        return re.search(r"(?im)^v(?:ia)? *:[\s\S]*?/ *(\w+)\s", self.text).group(1) == "TCP"

    def raw(self, turn):
        """Its bytes on that turn."""
        text = self.text.replace(f"{self.name}.", f"{self.name}-{turn}.")
        return text.replace("\n", "\r\n").encode()


def sdp(host, times="0 0"):
    """The description most of RFC 4475's messages carry."""
    return (
        f"v=0\no=mhandley 29739 7272939 IN IP4 {host}\ns=-\nc=IN IP4 {host}\nt={times}\n"
        "m=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC\n"
    )
