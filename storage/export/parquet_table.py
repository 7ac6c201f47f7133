"""Articles as Parquet, with a fixed Arrow schema; pyarrow comes with the extra `data`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from storage.errors import UsageError
from storage.export.article_schema import SCHEMA, Field, FieldKind
from storage.export.batches import Batch, python_list
from storage.messages import message

if TYPE_CHECKING:
    import pyarrow

_ROWS = 2_000  # rows of a row group, which is in memory until it is written
# Columns with few different values, for which dictionary encoding is smaller and faster.
_FEW_VALUES = (
    "site", "agency", "section", "published_precision", "published_source", "language", "country", "status",
    "extractor", "length_class", "change", "imported_from",
)  # fmt: skip


def require_pyarrow() -> Any:
    """The module pyarrow. Raises UsageError when it is not installed."""
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and 200 ms
        import pyarrow.parquet  # noqa: PLC0415 - the same
    except ImportError as error:
        raise UsageError(
            message("Parquet needs pyarrow, which is not installed: pip install 'warraq[data]'")
        ) from error
    return pyarrow


def arrow_schema(fields: Sequence[Field]) -> "pyarrow.Schema":
    """The Arrow schema of these fields; its metadata has the schema's number as `warraq.schema`."""
    arrow = require_pyarrow()
    types: dict[FieldKind, Any] = {
        "string": arrow.string(),
        "strings": arrow.list_(arrow.string()),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "instant": arrow.timestamp("us", tz="UTC"),
    }
    # Every field is nullable in Arrow, so that exports with and without null values have the same schema.
    columns = [arrow.field(field.name, types[field.kind]) for field in fields]
    return arrow.schema(columns, metadata={"warraq.schema": str(SCHEMA)})


class ParquetWriter:
    """Row groups of _ROWS articles, compressed with zstandard."""

    def __init__(self, out: BinaryIO, fields: Sequence[Field]) -> None:
        self._arrow = require_pyarrow()
        self._fields = fields
        self._schema = arrow_schema(fields)
        self._waiting: list[Any] = []
        self._rows = 0
        dictionary = [name for name in _FEW_VALUES if name in self._schema.names]
        self._writer = self._arrow.parquet.ParquetWriter(
            out, self._schema, compression="zstd", compression_level=3, use_dictionary=dictionary or False
        )

    def write(self, batch: Batch) -> int:
        """Append the articles; return their size in memory, in bytes."""
        arrays = [self._array(batch, field) for field in self._fields]
        columns = self._arrow.record_batch(arrays, schema=self._schema)
        self._waiting.append(columns)
        self._rows += batch.rows
        if self._rows >= _ROWS:
            self._flush()
        return int(columns.nbytes)

    def close(self) -> None:
        """Write the last row group and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            table = self._arrow.Table.from_batches(self._waiting, schema=self._schema)
            self._writer.write_table(table.combine_chunks(), row_group_size=self._rows)
            self._waiting, self._rows = [], 0

    def _array(self, batch: Batch, field: Field) -> Any:
        values = batch.columns[field.name]
        kind = self._schema.field(field.name).type
        if field.kind == "instant":
            seconds = [None if value is None else value[:19] for value in values]
            return self._arrow.array(seconds, self._arrow.string()).cast(self._arrow.timestamp("us")).cast(kind)
        if field.kind == "strings":
            return self._arrow.array(map(python_list, values), kind, size=batch.rows)
        if field.kind == "boolean":
            return self._arrow.array([None if value is None else bool(value) for value in values], kind)
        return self._arrow.array(values, kind)
