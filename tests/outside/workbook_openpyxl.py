"""Tells what openpyxl sees of a workbook, as JSON: titles, cells with their types and formats, links, frozen panes, filters."""

import datetime
import json
import sys

import openpyxl


def seen(cell):
    value = cell.value
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        assert value.time() == datetime.time(), value
        return {"day": value.date().isoformat()}
    if isinstance(value, (int, float)):
        return {"number": float(value)}
    assert cell.data_type == "s", (cell.data_type, value)
    return {"text": value}


book = openpyxl.load_workbook(sys.argv[1])
json.dump(
    {
        "titles": book.sheetnames,
        "sheets": [
            {
                "cells": [[seen(cell) for cell in row] for row in sheet.iter_rows()],
                "formats": [[cell.number_format for cell in row] for row in sheet.iter_rows()],
                "frozen": sheet.freeze_panes,
                "filter": sheet.auto_filter.ref,
            }
            for sheet in book
        ],
        "links": [
            cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink is not None
        ],
    },
    sys.stdout,
)
