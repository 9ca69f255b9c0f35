"""What finance gets of real calls: the statement's lines add up to the balance and to the records,
provinces to the statement, and the caller who gave up is listed beside the call that reached him
later."""

import csv
import io
import zipfile


def sheet(stage, *words):
    """A report as its rows, by column."""
    code, out, err = stage.ctl.run(*words, "--format", "csv", "--no-bom")
    assert code == 0, err
    return list(csv.DictReader(io.StringIO(out)))


def amounts(rows, section):
    return {row["item"].strip('\t"'): row["amount"] for row in rows if row["section"] == section}


def play(stage):
    stage.phone("desk", "answer", ring_ms=1000)
    stage.open()
    stage.call("cancel", user="013800000001")
    for user in ("013800000001", "013800000002", "02160000000"):
        stage.call("talk", user=user)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 4, "the records")
    ended = {cdr["ended"][:7] for cdr in stage.ctl.cdrs()}
    assert len(ended) == 1, "a month ended meanwhile: play it again"
    (month,) = ended

    statement = sheet(stage, "statement", "acme", month)
    balance = amounts(statement, "balance")
    assert balance["opening"] == "0.000", balance
    assert (balance["recharge"], balance["call_charge"]) == ("100.000", "-0.900"), balance
    assert balance["closing"] == "99.100", balance
    assert amounts(statement, "hotlines") == {"4001234567": "0.900"}
    assert amounts(statement, "provinces") == {"北京": "0.600", "上海": "0.300"}
    assert amounts(statement, "invoice")["total"] == "0.900"

    book = stage.home / "statement.xlsx"
    code, _, err = stage.ctl.run("statement", "acme", month, "--format", "xlsx", "-o", book)
    assert code == 0, err
    with zipfile.ZipFile(book) as sheets:  # on paper its columns stay together
        assert b'fitToPage="1"' in sheets.read("xl/worksheets/sheet1.xml")

    day = stage.ctl.cdrs()[0]["ended"][:10]
    provinces = sheet(stage, "report", "provinces", "--from", day, "--to", day)
    by_caller = {row["province"]: row["charge"] for row in provinces if row["basis"] == "caller"}
    assert by_caller == amounts(statement, "provinces"), provinces
    (hotline,) = [row for row in sheet(stage, "report", "daily", "--day", day)
                  if row["section"] == "hotlines"]
    assert [hotline[key] for key in ("calls", "answered", "charge")] == ["4", "3", "0.900"], hotline
    (missed,) = sheet(stage, "report", "abandoned", "--from", day, "--to", day)
    assert missed["cause"] == "cancelled", missed
    assert missed["answered_later"], missed
