"""The delta of an export: articles added, changed or removed since an earlier export, in the order of ids.

An article also counts as removed if the selection no longer includes it, or if it was taken down.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storage.export.article_rows import BATCH
from storage.export.article_schema import CHANGE, OFFSETS, Field
from storage.export.batches import Batch
from storage.export.manifests.article_index import IndexEntry

_ALWAYS = ("id", "url")


def delta_fields(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields of a delta: always id and url, and `change` at the end. A removed article's other fields are null."""
    given = [each if each.name in _ALWAYS else replace(each, required=False) for each in fields]
    return (*given, CHANGE)


@dataclass(slots=True)
class _Rows:
    """Rows of a delta as they are collected, one column for each field."""

    columns: dict[str, list[object]]
    rows: int = 0

    def add(self, values: dict[str, object]) -> None:
        for name, column in self.columns.items():
            column.append(values.get(name))
        self.rows += 1


def deltas(
    batches: Iterable[tuple[Batch, list[IndexEntry]]], earlier: Iterable[IndexEntry], fields: Sequence[Field]
) -> Iterator[Batch]:
    """The rows of a delta, with the columns of these fields and the offsets of their dates.

    batches: today's articles with their index entries, by id. earlier: the index of the earlier export.
    """
    given = [each.name for each in fields if each.name != CHANGE.name]
    names = dict.fromkeys([*_ALWAYS, *given, *OFFSETS.values()])
    # Lists are never null.
    nothing: dict[str, object] = {each.name: "[]" for each in fields if each.kind == "strings"}

    def removed(entry: IndexEntry) -> dict[str, object]:
        return nothing | {"id": entry.id, "url": entry.url, CHANGE.name: "removed"}

    left = iter(earlier)
    old = next(left, None)
    for batch, entries in batches:
        rows = _Rows({name: [] for name in (*names, CHANGE.name)})
        for index, new in enumerate(entries):
            while old is not None and old.id < new.id:
                rows.add(removed(old))
                old = next(left, None)
            known = old is not None and old.id == new.id
            if not known or (old is not None and old.digest != new.digest):
                values = {name: column[index] for name, column in batch.columns.items()}
                rows.add(values | {CHANGE.name: "changed" if known else "added"})
            if known:
                old = next(left, None)
        if rows.rows:
            yield Batch(rows.columns, rows.rows)
    while old is not None:
        rows = _Rows({name: [] for name in (*names, CHANGE.name)})
        while old is not None and rows.rows < BATCH:
            rows.add(removed(old))
            old = next(left, None)
        yield Batch(rows.columns, rows.rows)
