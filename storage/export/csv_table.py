"""Articles as CSV (RFC 4180), safe to open in a spreadsheet: no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from storage.export.article_schema import Field
from storage.export.batches import Batch, json_columns, python_list

BOM = b"\xef\xbb\xbf"  # lets Excel detect UTF-8
# Beginnings of cells that spreadsheets interpret as formulas, full-width characters included.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def csv_cell(value: Any) -> Any:
    """The value; an apostrophe is put before text that a spreadsheet would run as a formula. Numbers stay numbers."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text


def csv_line(values: Iterable[Any]) -> bytes:
    """One CSV line (RFC 4180) in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(map(csv_cell, values))
    return line.getvalue().encode("utf-8", "replace")


class CsvWriter:
    """Writes a header line, then one row for each article: lists joined by "; ", absent values empty."""

    def __init__(self, out: BinaryIO, fields: Sequence[Field]) -> None:
        self._out = out
        self._fields = fields
        out.write(BOM + csv_line(field.name for field in fields))

    def write(self, batch: Batch) -> int:
        """Append the articles; return the number of bytes."""
        columns = [
            map(python_list, batch.columns[field.name]) if field.kind == "strings" else column
            for field, column in zip(self._fields, json_columns(batch, self._fields), strict=True)
        ]
        return self._out.write(b"".join(map(csv_line, zip(*columns, strict=True))))

    def close(self) -> None:
        """Do nothing: all is written."""
