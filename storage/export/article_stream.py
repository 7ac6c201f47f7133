"""The articles of a selection as a stream of batches, all from one view of the archive, and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from storage.export.article_rows import read_batches, select_columns
from storage.export.article_schema import OFFSETS
from storage.export.batches import Batch
from storage.export.selection import ExportSelection


@dataclass(slots=True)
class LeftOut:
    """How many articles the selection's filters took that are not given. reserved: for their reservations."""

    reserved: int = 0


def stream(connection: Connection, selection: ExportSelection, left_out: LeftOut) -> Iterator[Batch]:
    """The articles, by id. left_out: counted while the batches are taken."""
    names = dict.fromkeys(["id", *(field.name for field in selection.fields)])
    names |= dict.fromkeys(offset for instant, offset in OFFSETS.items() if instant in names)
    if not selection.reserved:
        names["reservations"] = None
    query = select_columns(connection, list(names)).where(*selection.filters.conditions())
    for batch in read_batches(connection, query):
        free = batch if selection.reserved else _unreserved(batch)
        left_out.reserved += batch.rows - free.rows
        if free.rows:
            yield free


def _unreserved(batch: Batch) -> Batch:
    return batch.take([index for index, value in enumerate(batch.columns["reservations"]) if value == "[]"])
