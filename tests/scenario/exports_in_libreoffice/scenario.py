"""What finance opens: exports of CSV and XLSX read by LibreOffice and written down again. Numbers
keep their zeros and their plus, a formula from a caller's number stays text, Chinese is readable,
money and times are numbers; and the totals beside each file are those of the file."""

import hashlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile

from support.stage import CannotPlay

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
# Commas, quotes, UTF-8, from the first line; what looks special is taken for it: the worst case.
AS_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
FORMULA = "=SUM(A1,A2)"
COLUMNS = ["序号", "400号码", "主叫号码(原始)", "主叫号码", "主叫省份", "主叫区号", "应答时间",
           "通话费(元)", "接听号码", "判定依据"]


def convert(stage, file, *options):
    """Has LibreOffice read a file. Returns its tables, each a list of rows of cells."""
    command = ["soffice", f"-env:UserInstallation=file://{stage.home}/libreoffice", "--headless",
               *options, "--convert-to", "fods", "--outdir", stage.home / "read", file]
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=100,
                          check=False, env={"HOME": str(stage.home), "PATH": "/usr/bin:/bin"})
    written = stage.home / "read" / f"{file.stem}.fods"
    assert written.exists(), done.stderr.decode() + done.stdout.decode()
    return [rows_of(table) for table in ET.parse(written).iter(f"{{{TABLE}}}table")]


def rows_of(table):
    rows = []
    for row in table.iter(f"{{{TABLE}}}table-row"):
        cells = []
        for cell in row.iter(f"{{{TABLE}}}table-cell"):
            times = int(cell.get(f"{{{TABLE}}}number-columns-repeated", "1"))
            if times < 100:  # the empty rest of a sheet
                cells += [Cell(cell)] * times
        rows.append(cells)
    return rows


class Cell:
    """What stands in a cell, and what it was taken for."""

    def __init__(self, element):
        self.kind = element.get(f"{{{OFFICE}}}value-type")
        self.value = element.get(f"{{{OFFICE}}}value")
        self.formula = element.get(f"{{{TABLE}}}formula")
        self.text = "".join("".join(p.itertext()) for p in element.iter(f"{{{TEXT}}}p"))

    def is_text(self, text):
        assert self.formula is None, f"the formula {self.formula}"
        assert self.kind == "string", f"{self.text} was taken for a {self.kind}"
        assert self.text == text, f"{self.text!r} instead of {text!r}"


def export(stage, name, *words):
    file = stage.home / name
    code, _, err = stage.ctl.run("cdr", "export", "--headers", "zh", "--columns",
                                 ",".join(COLUMNS), *words, "-o", file)
    assert code == 0, err
    totals = dict(line.split(": ", 1)
                  for line in (stage.home / f"{name}.totals").read_text("utf-8").splitlines())
    assert totals["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (totals["rows"], totals["charge"], totals["file"]) == ("3", "0.900", name), totals
    return file


def check(rows, formula):
    titles, plain, landline, hostile = rows[:4]
    for title, cell in zip(COLUMNS, titles):
        cell.is_text(title)
    for number, row in enumerate((plain, landline, hostile), 1):
        assert (row[0].kind, row[0].value) == ("float", str(number))
        row[1].is_text("4001234567")
        assert (row[7].kind, row[7].value) == ("float", "0.3"), row[7].text
        row[8].is_text("desk")
        assert "otherwise: matched" in row[9].text
    plain[2].is_text("013800000001")
    plain[3].is_text("+8613800000001")
    plain[4].is_text("北京")
    landline[2].is_text("02160000000")
    landline[5].is_text("021")
    hostile[2].is_text(formula)


def play(stage):
    if shutil.which("soffice") is None:
        raise CannotPlay("LibreOffice (soffice) is not installed: libreoffice-calc-nogui")
    stage.phone("desk")
    stage.open()
    for user in ("013800000001", "02160000000", FORMULA):
        stage.call("talk", user=user)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 3, "the records")

    csv = export(stage, "calls.csv")
    assert csv.read_bytes().startswith(b"\xef\xbb\xbf")
    check(convert(stage, csv, AS_CSV)[0], "'" + FORMULA)

    xlsx = export(stage, "book.xlsx", "--format", "xlsx")
    calls, totals = convert(stage, xlsx)
    check(calls, FORMULA)
    for row in calls[1:4]:
        assert row[6].kind == "date", row[6].text
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", row[6].text), row[6].text
        assert row[7].text == "0.300", row[7].text
    assert [[cell.text for cell in row[:2]] for row in totals[:2]] == [["行数", "3"], ["呼叫数", "3"]]
    with zipfile.ZipFile(xlsx) as book:
        assert b'state="frozen"' in book.read("xl/worksheets/sheet1.xml")
