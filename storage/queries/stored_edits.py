"""The classes of edits as they are stored with versions, and found anew where they are not. Writes nothing.

A version's classes hold as long as it and the version before have the texts that were compared, and the algorithm is
today's. Writers that change either forget the algorithm's number; `storage.writing.edit_filling` fills in what lacks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, get_args

from sqlalchemy import ColumnElement, FromClause, and_, case, literal, not_, or_

from storage.diff import EDIT_CLASSES, EditClass
from storage.diff.change_classes import ChangeClass, text_classes
from storage.diff.edit_kinds import ALGORITHM, edit_classes

_SMALL = frozenset({"spelling", "punctuation", "boilerplate", "small", "metadata"})
COARSE_CLASSES: tuple[ChangeClass, ...] = get_args(ChangeClass)


def are_fresh(later: FromClause, before: FromClause) -> ColumnElement[bool]:
    """Whether the stored classes of a version hold. later, before: `versions`, and its alias for the version before."""
    return and_(later.c.edit_algorithm == ALGORITHM, later.c.edited_from == before.c.content_sha256)


def if_needed(column: ColumnElement[Any], fresh: ColumnElement[bool]) -> ColumnElement[Any]:
    """A text that is read only where classes must be found anew; else null."""
    return case((not_(fresh), column), (fresh.is_(None), column))


def may_have(later: FromClause, fresh: ColumnElement[bool], classes: Iterable[str]) -> ColumnElement[bool]:
    """Whether an edit has one of the classes, or whether it has is not stored."""
    marked = literal(",").op("||")(later.c.edit_classes).op("||")(",")
    return or_(not_(fresh), fresh.is_(None), *(marked.like(f"%,{name},%") for name in classes))


def classes_of(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> tuple[str, ...]:
    """The coarse classes of two versions' texts, then what the editor did. before, after: title and text."""
    return tuple(dict.fromkeys((*text_classes(before, after), *edit_classes(before, after))))


def written(classes: Iterable[str]) -> str:
    """The classes as the column holds them."""
    return ",".join(classes)


def parted(classes: Iterable[str]) -> tuple[tuple[ChangeClass, ...], tuple[EditClass, ...]]:
    """(coarse classes, what the editor did), each in its order."""
    names = set(classes)
    return (
        tuple(name for name in COARSE_CLASSES if name in names),
        tuple(name for name in EDIT_CLASSES if name in names),
    )


def read(stored: str | None) -> tuple[str, ...]:
    """The classes that a column holds."""
    return tuple(filter(None, (stored or "").split(",")))


def shown_classes(edits: Sequence[str], coarse: Sequence[str]) -> list[str]:
    """What a reader is shown of an edit: what the editor did, and metadata; the coarse classes where nothing else."""
    return [*edits, *(name for name in coarse if name not in edits and (name == "metadata" or not edits))]


def are_small(names: Collection[str]) -> bool:
    """Whether an edit is no news to a reader: letters and marks mended, boilerplate, other metadata."""
    return set(names) <= _SMALL
