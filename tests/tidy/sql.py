"""SQL is text of ours: statements are put together of literals, constants and names of tables and
columns, never of values. Those are bound, whoever wrote them."""

import re

SOURCES = (".h", ".cpp")
STORE = "src/store/"
# The words our statements are made with; sentences for people hold none of them in capitals.
WORDS = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|WHERE|VALUES|PRAGMA|CREATE|ALTER"
                   r"|DROP|BETWEEN|AND|OR|ON|LIMIT)\b")
LITERAL = r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*'
CALL = r"\((?:[^()]|\([^()]*\))*\)"
OPERAND = rf"(?:{LITERAL}|[\w:]+(?:(?:\.|->)\w+)*(?:{CALL})?|{CALL})"
SUM = re.compile(rf"{OPERAND}(?:\s*\+=?\s*{OPERAND})+")
# What stands for a table, columns, marks of parameters, or clauses that were made of these.
FRAGMENT = (r"(?:k[A-Z]\w*|table_?|parts|columns?|own|shared|more|time|parameters|add|sql|record"
            r"|refuse|condition|text_|where\.text\(\)|received\.text\(\)|marks\(columns\)"
            r"|never_changes\(\"\w+\"\)|insert_into\([^()]*\))")
ALLOWED = re.compile(rf"{LITERAL}|(?:std::string\()?(?:{FRAGMENT}|{LITERAL})\)?"
                     rf"|\([^\"]*\?\s*{LITERAL}\s*:\s*{LITERAL}\)")
NUMBER = re.compile(r"std::to_string\(.*\)")  # of a PRAGMA, which takes no parameters
BEFORE_A_TABLE = re.compile(r"(?:FROM|TABLE) \"$")
BEFORE_A_VALUE = re.compile(r"(?:[=<>]|LIKE|LIMIT)\s*'?\"$")
CONDITION = re.compile(r"\.add(?:_time|_word)?\((?!\s*(?:\"|condition_of\())[^)]*")


def _plain(text):
    """The text without comments; a raw literal becomes a plain one, every line is kept."""
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'R"\((.*?)\)"', lambda raw: '"CREATE"' + "\n" * raw[1].count("\n"), text,
                  flags=re.DOTALL)


def _is_sql(operands):
    written = [WORDS.search(one) for one in operands if '"' in one]
    return any(written) or operands[0] == "sql"


def _is_text_of_ours(before, one, after, statement):
    """May that stand in the statement, between those two?"""
    if "PRAGMA" in statement and NUMBER.fullmatch(one):
        return True
    if BEFORE_A_VALUE.search(before) and not after.startswith('".'):
        return False
    return bool(ALLOWED.fullmatch(one) or BEFORE_A_TABLE.search(before) and one.isidentifier())


def bound_values(tree):
    """No statement, and no condition of one, holds a value."""
    for file in tree.under(STORE, SOURCES):
        text = _plain(tree.text(file))
        for found in SUM.finditer(text):
            operands = re.findall(OPERAND, found.group())
            if not _is_sql(operands):
                continue
            for before, one, after in zip(["", *operands], operands, [*operands[1:], ""]):
                if not _is_text_of_ours(before, one, after, found.group()):
                    line = text.count("\n", 0, found.start()) + 1
                    yield file, line, f"a value in SQL, not bound: {one}"
        for found in CONDITION.finditer(text) if '"store/where.h"' in text else ():
            line = text.count("\n", 0, found.start()) + 1
            yield file, line, f"a condition that is no literal: {found.group()}"


RULES = (bound_values,)
