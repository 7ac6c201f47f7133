"""The classes of edits that are stored with versions, and their computation if they are missing. Read-only.

A version's stored classes are fresh as long as both versions still have the compared texts, and the algorithm is the
current one. Writers that change a text reset the algorithm's number; `storage.writing.edit_filling` fills the gaps.
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
    """Whether a version's stored classes are fresh. later, before: `versions`, and its alias for the one before."""
    return and_(later.c.edit_algorithm == ALGORITHM, later.c.edited_from == before.c.content_sha256)


def if_needed(column: ColumnElement[Any], fresh: ColumnElement[bool]) -> ColumnElement[Any]:
    """The column if classes must be computed, else null, so that texts are read only when needed."""
    return case((not_(fresh), column), (fresh.is_(None), column))


def may_have(later: FromClause, fresh: ColumnElement[bool], classes: Iterable[str]) -> ColumnElement[bool]:
    """Whether an edit has one of the classes, or has no fresh classes."""
    marked = literal(",").op("||")(later.c.edit_classes).op("||")(",")
    return or_(not_(fresh), fresh.is_(None), *(marked.like(f"%,{name},%") for name in classes))


def classes_of(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> tuple[str, ...]:
    """Compute the coarse classes of two versions' texts, then the editor's classes. before, after: title and text."""
    return tuple(dict.fromkeys((*text_classes(before, after), *edit_classes(before, after))))


def written(classes: Iterable[str]) -> str:
    """The classes in the form of the column."""
    return ",".join(classes)


def parted(classes: Iterable[str]) -> tuple[tuple[ChangeClass, ...], tuple[EditClass, ...]]:
    """Divide classes into (coarse classes, editor's classes), each in its order."""
    names = set(classes)
    return (
        tuple(name for name in COARSE_CLASSES if name in names),
        tuple(name for name in EDIT_CLASSES if name in names),
    )


def read(stored: str | None) -> tuple[str, ...]:
    """Parse the classes of a column."""
    return tuple(filter(None, (stored or "").split(",")))


def shown_classes(edits: Sequence[str], coarse: Sequence[str]) -> list[str]:
    """The classes to show for an edit: the editor's and "metadata"; all coarse classes if there are no editor's."""
    return [*edits, *(name for name in coarse if name not in edits and (name == "metadata" or not edits))]


def are_small(names: Collection[str]) -> bool:
    """Whether an edit is uninteresting to readers: corrected letters and marks, boilerplate, metadata only."""
    return set(names) <= _SMALL
