"""Excel craft: typed cells, a bold header, frozen panes, widths, real Excel tables, and the same bytes every time."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

SAVED = datetime(2026, 11, 3, 9, 0)
FORMATS = {
    "date": "dd-mmm-yyyy", "month": "mmm yyyy", "money": "#,##0.00", "whole": "#,##0", "percent": "0%",
    "rate": "0.0000", "number": "General", "text": "General",
}


@dataclass(frozen=True)
class Flaw:
    """A cell that is wrong on purpose. `value` is what is typed."""
    value: object
    what: str
    why: str
    format: str = None


@dataclass
class Sheet:
    """A table on a sheet. Columns are `Header:kind`; a row is a dictionary by header."""
    name: str
    columns: list
    rows: list
    title: str = None
    note: str = None
    as_table: bool = True
    headers: dict = field(default_factory=dict)  # a Flaw for a header
    hidden: dict = field(default_factory=dict)   # a Flaw for a hidden row, by row index

    @property
    def parts(self):
        """Header and kind of each column that has something in it."""
        split = [c.rpartition(":")[::2] for c in self.columns]
        return [(h, k) for h, k in split if any(r.get(h) not in (None, "") for r in self.rows)]


def shade(owner):
    """Each owner has a header colour of their own, as people do."""
    return {"PMO": "DCE6F1", "Finance": "E2EFDA", "Risk": "FCE4D6"}.get(owner, "EDEDED")


def show(value):
    if isinstance(value, datetime):
        return f"{value:%d-%b-%Y %H:%M}"
    return f"{value:%d-%b-%Y}" if isinstance(value, date) else str(value)


def fill_sheet(ws, sheet, owner, file, flaws):
    row = 1
    if sheet.title:
        ws.cell(1, 1, sheet.title).font = Font(bold=True, size=14)
        ws.cell(2, 1, sheet.note).font = Font(italic=True, color="595959")
        row = 4
    header_row, columns = row, sheet.parts
    for c, (header, _) in enumerate(columns, 1):
        wrong = sheet.headers.get(header)
        cell = ws.cell(row, c, wrong.value if wrong else header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=shade(owner))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if wrong:
            flaws.append((file, sheet.name, cell.coordinate, wrong))
    widths = [len(h) if len(h) < 14 else 12 for h, _ in columns]
    for i, record in enumerate(sheet.rows):
        row += 1
        for c, (header, kind) in enumerate(columns, 1):
            value = record.get(header)
            if value in (None, ""):
                continue
            wrong = value if isinstance(value, Flaw) else None
            value = wrong.value if wrong else value
            cell = ws.cell(row, c, value)
            cell.number_format = (wrong and wrong.format) or format_of(kind, value)
            widths[c - 1] = max(widths[c - 1], min(46, len(show(value))))
            if wrong:
                flaws.append((file, sheet.name, cell.coordinate, wrong))
        if i in sheet.hidden:
            ws.row_dimensions[row].hidden = True
            flaws.append((file, sheet.name, f"A{row}", sheet.hidden[i]))
    for c, width in enumerate(widths, 1):
        ws.column_dimensions[get_column_letter(c)].width = width + 3
    ws.freeze_panes = ws.cell(header_row + 1, 2 if len(columns) < 6 else 3)
    if sheet.as_table:
        reference = f"A{header_row}:{get_column_letter(len(columns))}{row}"
        table = Table(displayName="tbl_" + re.sub(r"\W+", "_", sheet.name.lower()), ref=reference)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        ws.add_table(table)


def format_of(kind, value):
    if kind == "date" and isinstance(value, datetime):
        return "dd-mmm-yyyy hh:mm"
    if kind in ("date", "month", "percent") and isinstance(value, str):
        return "General"
    return FORMATS[kind]


def write_book(path, sheets, owner, title, flaws):
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        fill_sheet(book.create_sheet(sheet.name), sheet, owner, path.name, flaws)
    book.properties.creator = f"Larkmoor Utilities, {owner}"
    book.properties.title = title
    book.properties.created = SAVED
    raw = BytesIO()
    book.save(raw)
    path.write_bytes(same_bytes(raw.getvalue()))


def same_bytes(raw):
    """The archive again, with fixed times inside and outside its documents."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, SAVED.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(entry, data)
    return out.getvalue()


def records(text, *names):
    """Lines with | between the fields, as dictionaries."""
    for line in text.strip().splitlines():
        values = [v.strip() for v in line.split("|")]
        assert len(values) == len(names), (len(values), len(names), line)
        yield dict(zip(names, values))


def number(text):
    value = float(text)
    return int(value) if value == int(value) else value
