"""Fills the scenarios' templates: sipp's XML and the server's TOML.

{{name}} stands for a value. A line that is nothing but an empty value goes, and so does an XML
attribute with one. {{> message key="value" …}} stands for messages/message.xml, with more values.
"""

import pathlib
import re

MESSAGES = pathlib.Path(__file__).parent / "messages"
OPTIONAL = {"retrans": "", "next": "", "headers": "", "tag": "", "to_tag": "", "branch": "[branch]"}


class MissingValue(Exception):
    """A template has a placeholder nobody gave a value for."""


def fill(text, values):
    """Returns the text with every placeholder replaced by its value."""

    def value_of(match):
        name = match.group("name")
        if name not in values:
            raise MissingValue(f"no value for {{{{{name}}}}}")
        return str(values[name])

    lines = []
    for line in text.split("\n"):
        filled = re.sub(r"\{\{(?P<name>\w+)\}\}", value_of, line)
        filled = re.sub(r' \w+=""', "", filled) if filled != line else filled
        if filled.strip() or not line.strip():
            lines.append(filled)
    return "\n".join(lines)


def fill_xml(text, values):
    """As fill, for a sipp scenario: with its messages taken in."""

    def message(match):
        more = dict(re.findall(r'(\w+)="([^"]*)"', match.group("values")))
        path = MESSAGES / f"{match.group('name')}.xml"
        return fill_xml(path.read_text(encoding="utf-8"), {**values, **more}).strip("\n")

    text = re.sub(r"^ *\{\{> (?P<name>\w+)(?P<values>.*?)\}\}$", message, text, flags=re.MULTILINE)
    return fill(text, {**OPTIONAL, **values})
