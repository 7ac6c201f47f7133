"""What the search index holds of an article: its words in each spelling, and what it is filtered and counted by. Pure.

Every text is cut, folded and stemmed here (storage.arabic), and handed to the index as words between blanks.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from storage import arabic
from storage.filters import labels_of

# Of a headline or text; the rest is not indexed.
MAX_CHARACTERS = 1_000_000
LEAD_WORDS = 40  # of subtitle and text
# Stands between headline, subtitle and text, and between names. For private use (Unicode category Co), so that no word
# contains it and no phrase goes across it.
GAP = "\ue000"
# Marks before a word of the field `marks`, which says where the words of a text stand and how they are spelled:
# a key, or a folded word, of the headline; a key in headline or lead; a spelling that folding changes; a folded word
# that is nowhere spelled as it folds.
IN_TITLE, FOLDED_IN_TITLE, SPELLED_IN_TITLE, NOT_PLAIN_IN_TITLE = "t:", "t=", "t!", "t~"
IN_LEAD, SPELLED, NOT_PLAIN = "l:", "!", "~"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = int((datetime(1600, 1, 1, tzinfo=UTC) - _EPOCH) / _SECOND)
_SECOND_BITS, _ID_BITS = 35, 28


class _Spelled(NamedTuple):
    """A word as the index holds it. words, keys: between blanks, where folding makes several of one.

    spelling: None where it is spelled as it folds.
    """

    words: str
    keys: str
    spelling: str | None


_MOST_KNOWN = 200_000
_known: dict[str, _Spelled] = {}  # words that were met before; frequent ones make up most of any text


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """keys, words, marks, authors: words between blanks. sections, tags, bylines: folded names.

    newest: orders articles by date, then by id. published: microseconds since 1970; None: undated. month: as 202511.
    edited: as published, of the last edit of the text; None: none. digest: of all of this.
    """

    id: int
    keys: str
    words: str
    marks: str
    site: str
    status: str
    agency: str | None
    authors: str
    bylines: tuple[str, ...]
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    newest: int
    published: int | None
    month: int | None
    edited: int | None
    reserved: bool
    digest: int


def indexed_article(row: Mapping[str, Any]) -> IndexedArticle:
    """What the index holds of a row of `articles` with `edited_at`, the time of its last edit."""
    title = _spelled(row["title"])
    subtitle = _spelled(row["subtitle"] or "")
    text = _spelled(row["text"])
    labels: dict[str, set[str]] = {}
    for kind, name in labels_of(row):
        labels.setdefault(kind, set()).add(name)
    bylines = tuple(sorted(labels.get("author", ())))
    published = row["published_at"]
    values: dict[str, Any] = {
        "id": row["id"],
        "keys": _with_gaps([each.keys for each in part] for part in (title, subtitle, text)),
        "words": _with_gaps([each.words for each in part] for part in (title, subtitle, text)),
        "marks": " ".join(sorted(_marks(title, subtitle + text))),
        "site": row["site"],
        "status": row["status"],
        "agency": row["agency"].lower() if row["agency"] else None,
        "authors": f" {GAP} ".join(bylines),
        "bylines": bylines,
        "sections": tuple(sorted(labels.get("section", set()) | labels.get("category", set()))),
        "tags": tuple(sorted(labels.get("tag", ()))),
        "newest": newest_key(published, row["id"]),
        "published": None if published is None else microseconds(published),
        "month": None if published is None else published.year * 100 + published.month,
        "edited": None if row["edited_at"] is None else microseconds(row["edited_at"]),
        "reserved": bool(row["reservations"]),
    }
    digest = hashlib.blake2b(repr(tuple(values.values())).encode("utf-8", "replace"), digest_size=8).digest()
    return IndexedArticle(**values, digest=int.from_bytes(digest))


def microseconds(moment: datetime) -> int:
    """Since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def newest_key(published_at: datetime | None, article_id: int) -> int:
    """A number that is higher the newer an article is, undated ones being oldest, and then the higher its id is."""
    second = 0
    if published_at is not None:
        second = 1 + min(max((published_at - _EPOCH) // _SECOND - _EARLIEST, 0), (1 << _SECOND_BITS) - 2)
    return second << _ID_BITS | article_id & ((1 << _ID_BITS) - 1)


def _spelled(text: str) -> list[_Spelled]:
    return [_known.get(raw) or _learn(raw) for raw in arabic.raw_words(text[:MAX_CHARACTERS])]


def _learn(raw: str) -> _Spelled:
    folded = arabic.tokens_of(raw)
    spelling = arabic.spelling(raw)
    keys = " ".join(map(arabic.stem, folded))
    spelled = _Spelled(" ".join(folded), keys, None if (spelling,) == folded else spelling)
    if len(raw) <= arabic.MAX_LETTERS:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[raw] = spelled
    return spelled


def _with_gaps(parts: Iterable[list[str]]) -> str:
    return f" {GAP} ".join(" ".join(part) for part in parts)


def _marks(title: list[_Spelled], rest: list[_Spelled]) -> set[str]:
    in_title = set(title)
    marks: set[str] = set()
    for each in in_title:
        marks.update([IN_TITLE + key for key in each.keys.split()])
        marks.update([FOLDED_IN_TITLE + word for word in each.words.split()])
    for each in in_title.union(rest[:LEAD_WORDS]):
        marks.update([IN_LEAD + key for key in each.keys.split()])
    _mark_spellings(marks, in_title, SPELLED_IN_TITLE, NOT_PLAIN_IN_TITLE)
    _mark_spellings(marks, in_title.union(rest), SPELLED, NOT_PLAIN)
    return marks


def _mark_spellings(marks: set[str], part: set[_Spelled], spelled_mark: str, not_plain_mark: str) -> None:
    plain: set[str] = set()
    changed: list[_Spelled] = []
    for each in part:
        if each.spelling is None:
            plain.add(each.words)
        else:
            changed.append(each)
    for each in changed:
        marks.add(f"{spelled_mark}{each.spelling}")
        marks.update([not_plain_mark + word for word in each.words.split() if word not in plain])
