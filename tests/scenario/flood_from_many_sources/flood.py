"""New calls from many addresses in turn, each of which a trunk vouches for."""

import itertools
import threading
import time

from support.udp import BareCaller

READ_EVERY = 20  # calls; one address is read then


class Flood:
    """So many new calls a second, as long as it stands; nobody of them says another word."""

    def __init__(self, stage, hosts, dialled, per_s):
        self._callers = [BareCaller(host, 5060, stage.server_host) for host in hosts]
        for caller in self._callers:
            caller.dialled = dialled
        self._per_s, self._over, self.sent, self.began = per_s, threading.Event(), 0, 0
        self._thread = threading.Thread(target=self._pour)

    def __enter__(self):
        self.began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def finals(self):
        """Every final answer, with the address that got it; the sockets are closed then."""
        found = [(caller.host, message) for caller in self._callers
                 for message in caller.messages() if message.status >= 200]
        for caller in self._callers:
            caller.finish()
        return found

    def _pour(self):
        for number in itertools.count():
            if self._over.wait(max(0, self.began + number / self._per_s - time.monotonic())):
                return
            caller = self._callers[number % len(self._callers)]
            caller.call = f"flood{number}"
            caller.say(caller.invite())
            self.sent += 1
            if number % READ_EVERY == 0:
                self._callers[number // READ_EVERY % len(self._callers)].messages()
