"""Tells what python-docx reads in a Word document: its properties, and what stands in it, in order."""

import json
import sys

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

document = Document(sys.argv[1])


def is_header(row):
    properties = row._tr.trPr
    return properties is not None and properties.find(qn("w:tblHeader")) is not None


pieces = []
for piece in document.iter_inner_content():
    if isinstance(piece, Table):
        rows = [[cell.text for cell in row.cells] for row in piece.rows]
        headers = sum(is_header(row) for row in piece.rows)
        pieces.append({"style": piece.style.name, "rows": rows, "headers": headers})
    else:
        pieces.append({"style": piece.style.name, "text": piece.text})
properties = document.core_properties
json.dump(
    {
        "title": properties.title,
        "language": properties.language,
        "pieces": pieces,
        "sections": len(document.sections),
        "feet": [[line.text for line in section.footer.paragraphs] for section in document.sections],
    },
    sys.stdout,
)
