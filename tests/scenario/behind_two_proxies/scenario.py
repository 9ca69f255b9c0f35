"""The carrier has two proxies (Kamailio) in front of the server, both of which stay in the path of
every call. All that is said later, by whichever side, travels through both: in the order of their
Record-Routes for one side of the dialog, backwards for the other (RFC 3261 §12.1, §12.2.1.1)."""

from support.block import FIRST_PHONE
from support.kamailio import Proxy
from support.udp import SDP, tag_of

OUTER, INNER = FIRST_PHONE + 10, FIRST_PHONE + 11


class Call:
    """One call, with the routes that both ends have learned."""

    def __init__(self, stage, proxies, name):
        self.outer, self.inner = proxies
        self.phone = stage.phones["desk"]
        self.caller = stage.bare_caller(call=name)
        self.caller.server = self.outer.host
        self.caller.say(self.caller.invite())
        self.invite = self.phone.wait_for("INVITE")
        self.tag = f"phone-{name}"

    def answer(self):
        routes = self.invite.all("Record-Route")
        assert [host_of(route) for route in routes] == [self.outer.host, self.inner.host]
        self.phone.answer(self.invite, self.tag, in_lines("Record-Route", routes))
        self.ok = self.caller.wait_for("SIP/2.0 200")
        assert [host_of(r) for r in self.ok.all("Record-Route")] == [self.inner.host,
                                                                     self.outer.host]
        self.caller_says("ACK", 1)
        self.came_to_the_phone("ACK", self.phone.wait_for("ACK"))

    def caller_says(self, method, cseq, body=""):
        contact = f"Contact: <sip:13800000001@{self.caller.host}:{self.caller.port}>\n"
        routes = in_lines("Route", reversed(self.ok.all("Record-Route")))
        target = self.ok.header("Contact").strip("<>")
        self.caller.say(self.caller.request(method, cseq, tag_of(self.ok), uri=target,
                                            extra=routes + contact, body=body))

    def phone_says(self, method, cseq, body=""):
        routes = in_lines("Route", self.invite.all("Record-Route"))
        self.phone.send(self.phone.request(method, self.invite, self.tag, cseq, routes, body),
                        self.outer.host)

    def came_to_the_phone(self, method, request):
        """The server's request has been to both proxies, backwards along the INVITE's path."""
        target = f"{method} sip:{self.phone.host}:{self.phone.port} SIP/2.0"
        self._came(request, target, list(reversed(self.invite.all("Record-Route"))))

    def came_to_the_caller(self, method, request):
        target = f"{method} sip:13800000001@{self.caller.host}:{self.caller.port} SIP/2.0"
        self._came(request, target, self.ok.all("Record-Route"))

    def _came(self, request, target, routes):
        assert request and request.start_line == target, request
        assert request.header("Route") is None
        for proxy, left in ((self.inner, routes), (self.outer, routes[1:])):
            (passed,) = [m for m in proxy.received(target.split()[0])
                         if all(m.header(name) == request.header(name)
                                for name in ("Call-ID", "From", "CSeq"))]
            assert passed.start_line == target, (proxy.name, passed)
            assert passed.all("Route") == left, (proxy.name, passed.all("Route"))

    def both_change(self):
        """A re-INVITE of either side, and its ACK."""
        self.caller_says("INVITE", 2, SDP.format(host=self.caller.host) + "a=sendonly\n")
        change = self.phone.wait_for("INVITE")
        self.came_to_the_phone("INVITE", change)
        assert "a=sendonly" in change.body
        self.phone.reply(change, "200 OK", body=SDP.format(host=self.phone.host) + "a=recvonly\n")
        self.came_to_the_phone("ACK", self.phone.wait_for("ACK"))
        assert "a=recvonly" in self.caller.wait_for("SIP/2.0 200").body
        self.caller_says("ACK", 2)

        self.phone_says("INVITE", 1, SDP.format(host=self.phone.host) + "a=inactive\n")
        change = self.caller.wait_for("INVITE")
        self.came_to_the_caller("INVITE", change)
        assert "a=inactive" in change.body
        self.caller.accept(change, SDP.format(host=self.caller.host) + "a=inactive\n")
        self.came_to_the_caller("ACK", self.caller.wait_for("ACK"))
        assert "a=inactive" in self.phone.wait_for("SIP/2.0 200").body
        self.phone_says("ACK", 1)

    def phone_hangs_up(self):
        self.phone_says("BYE", 2)
        bye = self.caller.wait_for("BYE")
        self.came_to_the_caller("BYE", bye)
        self.caller.accept(bye)

    def caller_hangs_up(self):
        self.caller_says("BYE", 3)
        bye = self.phone.wait_for("BYE")
        self.came_to_the_phone("BYE", bye)
        self.phone.reply(bye, "200 OK")

    def caller_cancels(self):
        """Hop by hop, with no Route at all."""
        self.phone.reply(self.invite, "180 Ringing", self.tag)
        assert self.caller.wait_for("SIP/2.0 180")
        self.caller.say(self.caller.request("CANCEL", branch=f"{self.caller.call}INVITE1"))
        cancel = self.phone.wait_for("CANCEL")
        self.phone.reply(cancel, "200 OK")
        self.phone.reply(self.invite, "487 Request Terminated", self.tag)
        assert self.phone.wait_for("ACK")
        assert self.caller.wait_for("SIP/2.0 487")
        # The server's own hop was confirmed by the proxy already; this is for the first one.
        self.caller.say(self.caller.request("ACK", branch=f"{self.caller.call}INVITE1"))


def host_of(route):
    return route.split("sip:")[1].split(";")[0].split(":")[0]


def in_lines(name, values):
    return "".join(f"{name}: {value}\n" for value in values)


def proxy(stage, name, hosts, number, **hops):
    started = Proxy(name, hosts[number], stage.folder / "kamailio.cfg", stage.home, **hops)
    stage.peers.append(started)
    return started


def play(stage):
    stage.bare_phone("desk")
    hosts = {number: stage.block.host(number) for number in (OUTER, INNER)}
    phone = stage.phones["desk"].host
    outer = proxy(stage, "outer", hosts, OUTER,
                  **{"from": stage.carrier, "to": hosts[INNER], "back": phone})
    inner = proxy(stage, "inner", hosts, INNER,
                  **{"from": hosts[OUTER], "to": stage.server_host, "back": hosts[OUTER]})
    stage.wait_until(lambda: outer.is_ready() and inner.is_ready(), "the proxies' start")
    stage.open(sources=f'"{hosts[INNER]}"', gateways=f'"udp:{hosts[INNER]}:5060"')

    first, second = (Call(stage, (outer, inner), name) for name in ("first", "second"))
    for call in (first, second):
        call.answer()
        call.both_change()
    first.phone_hangs_up()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 1, "the first record")
    second.caller_hangs_up()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "the second record")
    Call(stage, (outer, inner), "third").caller_cancels()
    stage.wait_for_silence()
    for each in (outer, inner):
        assert not each.complaints(), each.complaints()
        each.kill()
