"""Changes cells of a workbook as somebody with openpyxl would: FILE, then the edits as JSON on stdin, each
[sheet, id, heading, value]; a row without an id is a new one, and a value of {"day": ...} is a date."""

import datetime
import json
import sys

import openpyxl

path = sys.argv[1]
book = openpyxl.load_workbook(path)
for sheet_name, row_id, values in json.load(sys.stdin):
    sheet = book[sheet_name]
    headings = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1] if cell.value}
    ids = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    used = [row for row in range(2, sheet.max_row + 1) if any(cell.value is not None for cell in sheet[row])]
    row = ids[row_id] if row_id else max(used, default=1) + 1
    for heading, value in values.items():
        cell = sheet.cell(row, headings[heading])
        if isinstance(value, dict):
            cell.value = datetime.date.fromisoformat(value["day"])
            cell.number_format = "dd.mm.yyyy"
        else:
            cell.value = value
book.save(path)
