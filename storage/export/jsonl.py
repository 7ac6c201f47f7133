"""Articles as JSON lines, UTF-8: one article a line, absent values null or []."""

from collections.abc import Sequence
from typing import BinaryIO

import orjson

from storage.export.article_schema import Field
from storage.export.batches import Batch, json_columns


def json_lines(batch: Batch, fields: Sequence[Field]) -> list[bytes]:
    """The articles as lines, each with its line end."""
    names = [field.name for field in fields]
    dumps, option = orjson.dumps, orjson.OPT_APPEND_NEWLINE
    return [
        dumps(dict(zip(names, values)), option=option)  # noqa: B905 - equal lengths; the check costs 3 %
        for values in zip(*json_columns(batch, fields), strict=True)
    ]


class JsonlWriter:
    """Writes JSON lines to a file."""

    def __init__(self, out: BinaryIO, fields: Sequence[Field]) -> None:
        self._out = out
        self._fields = fields

    def write(self, batch: Batch) -> int:
        """Append the articles; return the number of bytes."""
        return self._out.write(b"".join(json_lines(batch, self._fields)))

    def close(self) -> None:
        """Do nothing: all is written."""
