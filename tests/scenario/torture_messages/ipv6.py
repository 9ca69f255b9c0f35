"""RFC 5118: IPv6 in messages. Those that are to be calls are for a number of ours; the lengths of
bodies are as they are (the RFC's are not), and each Call-ID has its message's name; the rest is as
the RFC has it."""

from invalid import NO_FIRST_LINE
from message import Torture
from valid import NO_REGISTRAR

NO_DIALOG = "of no dialog that we know"

REGISTER = """REGISTER sip:{at} SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111
Call-ID: {name}.SSG9559905523997077@hlau_4100
Max-Forwards: 70
Contact: "Caller" <sip:caller@[2001:db8::1]>
CSeq: 98176 REGISTER
Content-Length: 0

"""

WITH_DELIM = """BYE sip:[2001:db8::10] SIP/2.0
To: sip:user@example.com;tag=bd76ya
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111
Call-ID: via-received-param-with-delim.SSG9559905523997077@hlau_4100
Max-Forwards: 70
CSeq: 321 BYE
Content-Length: 0

"""

WITHOUT_DELIM = """OPTIONS sip:[2001:db8::10] SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3
Call-ID: via-received-param-no-delim.SSG95523997077@hlau_4100
Max-Forwards: 70
Contact: "Caller" <sip:caller@[2001:db8::9:1]>
CSeq: 921 OPTIONS
Content-Length: 0

"""

IPV6_IN_SDP = """INVITE sip:4001234567@[2001:db8::10] SIP/2.0
To: sip:user@[2001:db8::10]
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::20];branch=z9hG4bKas3-111
Call-ID: ipv6-in-sdp.SSG9559905523997077@hlau_4100
Contact: "Caller" <sip:caller@[2001:db8::20]>
CSeq: 8612 INVITE
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: 251

v=0
o=assistant 971731711378798081 0 IN IP6 2001:db8::20
s=Live video feed for today's meeting
c=IN IP6 2001:db8::20
t=3338481189 3370017201
m=audio 6000 RTP/AVP 2
a=rtpmap:2 G726-32/8000
m=video 6024 RTP/AVP 107
a=rtpmap:107 H263-1998/90000
"""

MULT_IP_IN_HEADER = """BYE sip:user@host.example.net SIP/2.0
Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144
Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200
Call-ID: mult-ip-in-header.997077@lau_4100
Max-Forwards: 70
CSeq: 89187 BYE
To: sip:user@example.net;tag=9817--94
From: sip:user@example.com;tag=81x2
Content-Length: 0

"""

MULT_IP_IN_SDP = """INVITE sip:4001234567@[2001:db8::10] SIP/2.0
To: sip:user@[2001:db8::10]
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111
Call-ID: mult-ip-in-sdp.SSG9559905523997077@hlau_4100
Contact: "Caller" <sip:caller@[2001:db8::9:1]>
Max-Forwards: 70
CSeq: 8912 INVITE
Content-Type: application/sdp
Content-Length: 189

v=0
o=bob 280744730 28977631 IN IP4 host.example.com
s=
t=0 0
m=audio 22334 RTP/AVP 0
c=IN IP4 192.0.2.1
m=video 6024 RTP/AVP 107
c=IN IP6 2001:db8::1
a=rtpmap:107 H263-1998/90000
"""

MAPPED = """INVITE sip:4001234567@example.com SIP/2.0
To: sip:user@example.com
From: sip:user@east.example.com;tag=81x2
Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19
Via: SIP/2.0/UDP [::ffff:192.0.2.2];branch=z9hG4bKas3-111
Call-ID: ipv4-mapped-ipv6.SSG9559905523997077@hlau_4100
Contact: "T. desk phone" <sip:ted@[::ffff:192.0.2.2]>
CSeq: 612 INVITE
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: 245

v=0
o=assistant 971731711378798081 0 IN IP6 ::ffff:192.0.2.2
s=Call me soon, please!
c=IN IP6 ::ffff:192.0.2.2
t=3338481189 3370017201
m=audio 6000 RTP/AVP 2
a=rtpmap:2 G726-32/8000
m=video 6024 RTP/AVP 107
a=rtpmap:107 H263-1998/90000
"""

COLONS = """OPTIONS sip:user@[{at}] SIP/2.0
To: sip:user@[{at}]
From: sip:user@example.com;tag=810x2
Via: SIP/2.0/UDP lab1.east.example.com;branch=z9hG4bKas3-111
Call-ID: {name}.G9559905523997077@hlau_4100
CSeq: 689 OPTIONS
Max-Forwards: 70
Content-Length: 0

"""


def _of(text, name, answer, at, why=""):
    return Torture(name, answer, text.format(at=at, name=name), why)


MESSAGES = (
    _of(REGISTER, "ipv6-good", "405", "[2001:db8::10]", NO_REGISTRAR),
    _of(REGISTER, "ipv6-bad", "", "2001:db8::10", NO_FIRST_LINE),
    _of(REGISTER, "port-ambiguous", "405", "[2001:db8::10:5070]", NO_REGISTRAR),
    _of(REGISTER, "port-unambiguous", "405", "[2001:db8::10]:5070", NO_REGISTRAR),
    Torture("via-received-param-with-delim", "481", WITH_DELIM, NO_DIALOG),
    Torture("via-received-param-no-delim", "200", WITHOUT_DELIM),
    Torture("ipv6-in-sdp", "486", IPV6_IN_SDP),
    Torture("mult-ip-in-header", "481", MULT_IP_IN_HEADER, NO_DIALOG),
    Torture("mult-ip-in-sdp", "486", MULT_IP_IN_SDP),
    Torture("ipv4-mapped-ipv6", "486", MAPPED),
    _of(COLONS, "ipv6-bug-abnf-3-colons", "200", "2001:db8:::192.0.2.1"),
    _of(COLONS, "ipv6-correct-abnf-2-colons", "200", "2001:db8::192.0.2.1"),
)
