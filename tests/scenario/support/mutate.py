"""Spoils SIP messages at random: each kind of harm is a small function of a random source, the
message's bytes and an earlier message of the same side. Nothing spoiled names a host outside this
machine."""

import re

HUGE = (b"0", b"-1", b"4294967295", b"4294967296", b"99999999999999999999", b"9" * 300, b"\0",
        b"1e9")
METHODS = (b"INVITE", b"ACK", b"BYE", b"CANCEL", b"OPTIONS", b"PRACK", b"UPDATE", b"INFO", b"REFER",
           b"NOTIFY", b"MESSAGE", b"SUBSCRIBE", b"FROB", b"invite", b"")
STATUSES = (b"100", b"180", b"183", b"199", b"200", b"202", b"302", b"401", b"407", b"408", b"422",
            b"481", b"486", b"487", b"488", b"491", b"500", b"503", b"603", b"699", b"700", b"000")
ODD_HEADERS = (
    b"Require: 100rel", b"Require: frob", b"Supported: 100rel, timer", b"Session-Expires: 1",
    b"Session-Expires: 90;refresher=uas", b"Min-SE: 999999", b"RSeq: 1", b"RSeq: 0",
    b"RAck: 1 1 INVITE", b"RAck: 4294967295 4294967295 INVITE", b"Max-Forwards: 0",
    b"Contact: <sip:nobody@127.0.0.1:9;transport=tcp>", b"Contact: *", b"Contact: <sip:a@h;lrX>",
    b"Record-Route: <sip:127.0.0.1:9;lr>, <sip:127.0.0.1:8>", b"Record-Route: <tel:1>",
    b"Route: <sip:127.0.0.1:9;lr>", b"Content-Encoding: gzip", b"Content-Type: text/plain",
    b"Privacy: session;critical", b"P-Asserted-Identity: <sip:+8613800000000@h>, <tel:1>",
    b"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx", b"To: <sip:x@h>;tag=x", b"Replaces: a;b;c",
    b"Retry-After: 99999999999", b"WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"",
    b"Proxy-Authenticate: Digest realm=\"x\", nonce=\"\\\"", b"Allow: UPDATE", b"Allow:",
    b"Reason: Q.850;cause=99999999999", b"Event: presence", b"Accept: text/plain", b":",
    b"\xff: \0")
MEDIA = (b"m=audio 49152 TCP/\xc3\x84/MSRP", b"m=audio 99999 RTP/AVP 0", b"m=audio 0 RTP/AVP 0",
         b"v=1", b"c=IN IP4", b"t=", b"a=" + b"x" * 20_000, b"m=audio 1 RTP/AVP 8\r\n" * 40,
         b"\0")
LONG = (200, 2000, 2000, 2000, 2000, 40_000)
NUMBERED = re.compile(
    rb"((?:CSeq|Content-Length|Max-Forwards|RSeq|Session-Expires|Min-SE|RAck):[ ]*)\d+")
TAG = re.compile(rb";tag=[^;\r\n]*")
BRANCH = re.compile(rb"branch=[^;\r\n]*")
CALL_ID = re.compile(rb"Call-ID:[^\r\n]*")
HOST = re.compile(rb"\d+(?=\.\d{1,3}\.\d{1,3}\.\d{1,3})")


def flip_bits(random, raw, _):
    spoiled = bytearray(raw)
    for _ in range(random.randint(1, 4)):
        spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def drop_line(random, raw, _):
    lines = raw.split(b"\r\n")
    del lines[random.randrange(len(lines))]
    return b"\r\n".join(lines)


def double_line(random, raw, _):
    lines = raw.split(b"\r\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"\r\n".join(lines)


def swap_lines(random, raw, _):
    lines = raw.split(b"\r\n")
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\r\n".join(lines)


def cut(random, raw, _):
    return raw[:random.randrange(len(raw))]


def huge_number(random, raw, _):
    found = list(NUMBERED.finditer(raw))
    if not found:
        return raw
    one = random.choice(found)
    return raw[:one.end(1)] + random.choice(HUGE) + raw[one.end():]


def swap_tags(_random, raw, _):
    tags = TAG.findall(raw)
    if len(tags) < 2:
        return TAG.sub(b"", raw)
    left = iter((tags[1], tags[0]))
    return TAG.sub(lambda found: next(left, found.group()), raw, count=2)


def other_method(random, raw, _):
    line, end, rest = raw.partition(b"\r\n")
    first, _, last = line.partition(b" ")
    if first == b"SIP/2.0":
        return b" ".join((first, random.choice(STATUSES), last[4:])) + end + rest
    method = random.choice(METHODS)
    if random.random() < 0.7:
        rest = rest.replace(b" " + first + b"\r\n", b" " + method + b"\r\n", 1)
    return method + b" " + last + end + rest


def spoil_body(random, raw, _):
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = body.split(b"\r\n")
    lines[random.randrange(len(lines))] = random.choice(MEDIA)
    body = b"\r\n".join(lines)
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(body), head)
    return head + b"\r\n\r\n" + body


def reuse(random, raw, other):
    """What marks its dialog or transaction is that of another message."""
    mark = random.choice((TAG, BRANCH, CALL_ID))
    marks = mark.findall(other)
    return mark.sub(lambda _: marks[0], raw, count=1) if marks else raw


def splice(random, raw, other):
    return raw[:random.randrange(len(raw))] + other[random.randrange(len(other)):]


def long_header(random, raw, _):
    line, end, rest = raw.partition(b"\r\n")
    name = random.choice((b"X-Long: ", b"Via: SIP/2.0/UDP h;branch=", b"Subject: ", b"m: <sip:"))
    return line + end + name + b"a" * random.choice(LONG) + end + rest


def odd_header(random, raw, _):
    head, end, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    lines.insert(random.randint(1, len(lines)), random.choice(ODD_HEADERS))
    return b"\r\n".join(lines) + end + body


KINDS = (flip_bits, drop_line, double_line, swap_lines, cut, huge_number, swap_tags, other_method,
         spoil_body, reuse, splice, long_header, odd_header, odd_header)


def spoil(random, raw, other):
    """The message with one to three kinds of harm done to it."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        raw = random.choice(KINDS)(random, raw, other) or b"\r\n"
    return HOST.sub(b"127", raw)[:60_000]
