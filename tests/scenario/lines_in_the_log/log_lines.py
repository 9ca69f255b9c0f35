"""What the server has logged since some moment, and what must hold of each line."""

import json
import re
import unicodedata

MOST_BYTES = 4_096
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d"
LEVEL = "debug|info|warning|error"
VALUE = r'"(?:[^"\\]|\\.)*"|[^ "=\\]*'
LINE = re.compile(rf"{TIME} (?:{LEVEL})(?: [a-z_0-9]+=(?:{VALUE}))+")
FIELD = re.compile(rf" ([a-z_0-9]+)=({VALUE})")
# Controls, invisible formats, among them those that turn the direction of writing, and line ends.
UNSEEN = "Cc", "Cf", "Zl", "Zp"


class Lines:
    """Those after this was made."""

    def __init__(self, stage, as_json=False):
        self._path, self._as_json = stage.server.log_path, as_json
        self._from = self._path.stat().st_size if self._path.exists() else 0

    def whole(self):
        """Each without its end; the last one may still be being written."""
        return self._text().split(b"\n")[:-1]

    def size(self):
        return len(self._text())

    def ends(self):
        """How many calls it says are over, but for those that were turned away together."""
        lines = (self._fields(line.decode("utf-8", "replace")) for line in self.whole())
        return sum(one.get("event") in ("ended", "refused") and one["hotline"] not in ("", '""')
                   for one in lines)

    def holding(self, text):
        return sum(text in line for line in self.whole())

    def problems(self):
        """A sentence for each thing that is wrong with some of them."""
        wrong = {}
        for line in self.whole():
            for what in self._problems(line):
                wrong.setdefault(what, []).append(line)
        form = "JSON" if self._as_json else "text"
        return [f"{len(lines)} lines of {form} {what}, as {lines[0][:300]!r}"
                for what, lines in wrong.items()]

    def _problems(self, line):
        if len(line) > MOST_BYTES:
            yield f"are longer than {MOST_BYTES} bytes"
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield "are no UTF-8"
            text = line.decode("utf-8", "replace")
        for character in text:
            if unicodedata.category(character) in UNSEEN:
                yield f"hold a U+{ord(character):04X}"
        fields = self._fields(text)
        if not fields:
            yield "have no known form"
        if "forged" in fields.get("event", ""):
            yield "are forged"

    def _fields(self, text):
        """By their names; none where the line has not the form of all."""
        if not self._as_json:
            return dict(FIELD.findall(text)) if LINE.fullmatch(text) else {}
        try:
            fields = json.loads(text)
        except ValueError:
            return {}
        known = (isinstance(fields, dict) and re.fullmatch(TIME, fields.get("time", ""))
                 and re.fullmatch(LEVEL, fields.get("level", ""))
                 and all(isinstance(value, str) for value in fields.values()))
        return fields if known else {}

    def _text(self):
        with open(self._path, "rb") as log:
            log.seek(self._from)
            return log.read()
