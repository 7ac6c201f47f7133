"""The index entry of an article: its words in several forms, and the values for filters and facets. Pure.

Texts are tokenised, folded and stemmed here (storage.arabic) and passed to the index as words between blanks.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple

from storage import arabic
from storage.filters import labels_of

# The columns of an article from which an entry is made, and `edited_at`.
MADE_FROM = (
    "id", "title", "subtitle", "text", "site", "status", "agency", "section", "categories", "tags", "authors",
    "published_at", "reservations", "edited_at",
)  # fmt: skip
# Of a headline or text; characters beyond are not indexed.
MAX_CHARACTERS = 1_000_000
LEAD_WORDS = 40  # of subtitle and text
# Separates headline, subtitle and text, and names, so that no phrase matches across them. A private-use character
# (Unicode category Co), which no word contains.
GAP = "\ue000"
# Prefixes of the terms in the field `marks`, which states where an article has words and how they are spelled:
# a key, or a folded word, in the headline; a key in headline or lead; a spelling that folding changes; a folded word
# that never occurs in its folded spelling.
IN_TITLE, FOLDED_IN_TITLE = "t:", "t="
IN_LEAD, SPELLED, NOT_PLAIN = "l:", "!", "~"
_OF_TITLE = "t"
SPELLED_IN_TITLE, NOT_PLAIN_IN_TITLE = _OF_TITLE + SPELLED, _OF_TITLE + NOT_PLAIN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = int((datetime(1600, 1, 1, tzinfo=UTC) - _EPOCH) / _SECOND)
_SECOND_BITS, _ID_BITS = 35, 28


class _Piece(NamedTuple):
    """The text between two blanks, such as "(الخبر،": usually one word with punctuation.

    words, keys: as in the index, joined by blanks. several: the keys of each word, of which folding may make several;
    empty if there is only one key. plain, changed: NOT_PLAIN marks of the words whose spelling folding keeps, and of
    those that it changes. spellings: SPELLED marks of the latter. A hundred thousand pieces are cached.
    """

    words: str
    keys: str
    several: tuple[tuple[str, ...], ...]
    plain: tuple[str, ...]
    changed: tuple[str, ...]
    spellings: tuple[str, ...]


_MOST_KNOWN = 100_000  # pieces; frequent ones make up most of any text
_words, _keys, _, _plain, _changed, _spellings = map(itemgetter, range(6))


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """keys, words, marks, authors: words joined by blanks, marks in no order. sections, tags, bylines: folded names.

    newest: sort key, by date, then by id. published: microseconds since 1970; None: undated. month: as 202511. edited:
    time of the last edit of the text, in the unit of published; None: no edit. digest: of all columns it is made from.
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
    """Make the entry of a row of `articles` with `edited_at`, the time of its last edit."""
    parts = [_pieces(row[name] or "") for name in ("title", "subtitle", "text")]
    labels: dict[str, set[str]] = {}
    for kind, name in labels_of(row):
        labels.setdefault(kind, set()).add(name)
    bylines = tuple(sorted(labels.get("author", ())))
    published = row["published_at"]
    values: dict[str, Any] = {
        "id": row["id"],
        "keys": _with_gaps(_keys, parts),
        "words": _with_gaps(_words, parts),
        "marks": " ".join(_marks(*parts)),
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
    return IndexedArticle(**values, digest=_digest(row))


def _digest(row: Mapping[str, Any]) -> int:
    """The digest of the columns from which an entry is made; evenly distributed over 64 bits."""
    made_from = "\0".join([str(row[name]) for name in MADE_FROM]).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(made_from, digest_size=8).digest())


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def newest_key(published_at: datetime | None, article_id: int) -> int:
    """A sort key: higher for newer articles, undated ones lowest; for equal times, higher for higher ids."""
    second = 0
    if published_at is not None:
        second = 1 + min(max((published_at - _EPOCH) // _SECOND - _EARLIEST, 0), (1 << _SECOND_BITS) - 2)
    return second << _ID_BITS | article_id & ((1 << _ID_BITS) - 1)


def _pieces(text: str) -> list[_Piece]:
    # Words contain no blanks, so a text can be split at them and the pieces cached.
    return list(map(_known.__getitem__, text[:MAX_CHARACTERS].split()))


def _piece(raw: str) -> _Piece:
    words: list[str] = []
    keys: list[tuple[str, ...]] = []
    plain: list[str] = []
    changed: list[str] = []
    spellings: list[str] = []
    for word in arabic.raw_words(raw):
        folded, spelling = arabic.tokens_of(word), arabic.spelling(word)
        words += folded
        keys.append(tuple(map(arabic.stem, folded)))
        if (spelling,) == folded:
            plain += [NOT_PLAIN + each for each in folded]
        else:
            changed += [NOT_PLAIN + each for each in folded]
            spellings.append(SPELLED + spelling)
    several = () if [len(each) for each in keys] == [1] else tuple(keys)
    folded_words, joined = " ".join(words), " ".join(chain.from_iterable(keys))
    same = folded_words if joined == folded_words else joined  # half of all keys equal the word: share one string
    return _Piece(folded_words, same, several, tuple(plain), tuple(changed), tuple(spellings))


_known = arabic.Remembered(_piece, _MOST_KNOWN, arabic.MAX_LETTERS)


def _keys_of_words(piece: _Piece) -> Sequence[tuple[str, ...]]:
    """The keys of each word of the piece."""
    if piece.several or not piece.keys:
        return piece.several
    return ((piece.keys,),)


def _with_gaps(get: Callable[[_Piece], str], parts: Sequence[list[_Piece]]) -> str:
    return f" {GAP} ".join([" ".join(filter(None, map(get, part))) for part in parts])


def _marks(title: list[_Piece], subtitle: list[_Piece], text: list[_Piece]) -> set[str]:
    marks = _spelling_marks(title + subtitle + text)
    for keys in islice(chain.from_iterable(map(_keys_of_words, chain(subtitle, text))), LEAD_WORDS):
        marks.update([IN_LEAD + key for key in keys])
    marks.update([_OF_TITLE + mark for mark in _spelling_marks(title)])
    for piece in title:
        for key in piece.keys.split():
            marks.update((IN_LEAD + key, IN_TITLE + key))
        marks.update([FOLDED_IN_TITLE + word for word in piece.words.split()])
    return marks


def _spelling_marks(pieces: list[_Piece]) -> set[str]:
    marks = set(chain.from_iterable(map(_changed, pieces)))
    if marks:
        marks.difference_update(chain.from_iterable(map(_plain, pieces)))
        marks.update(chain.from_iterable(map(_spellings, pieces)))
    return marks
