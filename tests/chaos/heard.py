"""What callers heard, held against the records: who was answered has one record and no more, and is
not billed for longer than it talked."""

TOLERANCE_MS = 50  # between the clock at a caller's socket and the server's


class Heard:
    """What one caller heard of its call: instants, and what became of it where nobody answered."""

    __slots__ = "rang", "answered", "ended", "fate"

    def __init__(self):
        self.rang = self.answered = self.ended = self.fate = None

    @property
    def talked_ms(self):
        return 1000 * ((self.ended or self.answered) - self.answered)


def heard_in(messages):
    """From the messages of a sipp that kept them all; by Call-ID."""
    calls = {}
    for message in messages:
        call = calls.setdefault(message.call, Heard())
        if message.status == 180 and message.method == "INVITE":
            call.rang = message.time
        elif message.status == 200 and message.method == "INVITE" and call.answered is None:
            call.answered = message.time
        elif message.method == "BYE" and not message.is_response and call.ended is None:
            call.ended = message.time
    return calls


class Comparison:
    """Of callers, by Call-ID, with records: pairs of a caller's Call-ID and what is billed, in ms
    (a record may say more of a talk that is not: docs/cdr.md)."""

    def __init__(self, heard, records, late_ms=lambda one: 0):
        """`late_ms`: how long the server could not know of a call's end."""
        self.heard = heard
        self.answered = {call: one for call, one in heard.items() if one.answered is not None}
        billed = {}
        for call, billable_ms in records:
            if call:  # not where many that were turned away share one
                billed.setdefault(call, []).append(billable_ms)
        self.lost = [call for call in self.answered if call not in billed]
        self.doubled = [call for call, its in billed.items() if len(its) > 1]
        self.foreign = [call for call in billed if call not in heard]
        self.unheard = [call for call, one in heard.items()
                        if one.answered is None and call not in billed]
        self.over = []
        for call, one in self.answered.items():
            for billable_ms in billed.get(call, []):
                if billable_ms > one.talked_ms + late_ms(one) + TOLERANCE_MS:
                    self.over.append((call, billable_ms, one.talked_ms))

    def is_well(self):
        return not (self.lost or self.doubled or self.foreign or self.over)

    def show(self):
        """The first few of what is wrong, for those who look for the reason."""
        for what in ("lost", "doubled", "foreign", "over"):
            for call in getattr(self, what)[:5]:
                print(f"{what}: {call}")
