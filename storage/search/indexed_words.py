"""An article's words as the index of each engine stores them: folded, stemmed, within the limits of a tsvector. Pure.

On SQLite an article has four columns of blank-separated tokens in the FTS5 table, and its folded words compressed in
`search_words`. On PostgreSQL it has two tsvectors.
"""

import zlib
from collections import Counter
from collections.abc import Sequence

from storage import arabic

# A tsvector holds positions up to 16,383, 255 of one word, and 1 MB. SQLite gets the same limits, so that both
# engines give the same answers.
MAX_POSITIONS = 16_000
MAX_REPEATS = 255
MAX_BYTES = 900_000
# Of a headline or text; the rest is not indexed.
MAX_CHARACTERS = 1_000_000
# Stands for a word that is left out. For private use (Unicode category Co), so no word contains it.
GAP = "\ue000"

Parameters = dict[str, int | str | bytes]

_INSERT_VECTORS = (
    "insert into search_index (article_id, stemmed, folded) "
    "values (:id, cast(:stemmed as tsvector), cast(:folded as tsvector))"
)
_INSERT_COLUMNS = (
    "insert into search_index (rowid, title, body, folded_title, folded_body) "
    "values (:id, :title, :body, :folded_title, :folded_body)"
)
_INSERT_WORDS = "insert into search_words (article_id, words) values (:id, :words)"


def body_of(subtitle: str | None, text: str) -> str:
    """The text searched beside the headline: subtitle and text, up to MAX_CHARACTERS."""
    return (f"{subtitle}\n\n{text}" if subtitle else text)[:MAX_CHARACTERS]


def tokens_of(title: str, subtitle: str | None, text: str) -> tuple[list[str], list[str]]:
    """The folded words of the headline, and those of subtitle and text."""
    return arabic.tokens(title[:MAX_CHARACTERS]), arabic.tokens(body_of(subtitle, text))


def entries(engine: str, rows: Sequence[tuple[int, str, str | None, str]]) -> list[tuple[str, list[Parameters]]]:
    """The statements, with their parameters, that add articles to the index.

    engine: "sqlite" or "postgresql". rows: (id, headline, subtitle, text).
    """
    articles = [(article_id, *tokens_of(title, subtitle, text)) for article_id, title, subtitle, text in rows]
    if not articles:
        return []
    if engine == "postgresql":
        vectors: list[Parameters] = [
            {
                "id": article_id,
                "stemmed": _tsvector(*_bounded(_stemmed(title), _stemmed(body))),
                "folded": _tsvector(*_bounded(title, body)),
            }
            for article_id, title, body in articles
        ]
        return [(_INSERT_VECTORS, vectors)]
    words: list[Parameters] = [{"id": article_id, "words": pack(title, body)} for article_id, title, body in articles]
    return [(_INSERT_COLUMNS, [columns(*article) for article in articles]), (_INSERT_WORDS, words)]


def pack(title: list[str], body: list[str]) -> bytes:
    """A value of `search_words`: the tokens, compressed."""
    return zlib.compress(f"{' '.join(title)}\n{' '.join(body)}".encode())


def unpack(words: object) -> tuple[list[str], list[str]]:
    """The tokens that `pack` was given. Raises ValueError for a damaged value."""
    if not isinstance(words, bytes):
        raise ValueError(f"{type(words).__name__} instead of bytes")
    try:
        title, _, body = zlib.decompress(words).decode().partition("\n")
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return title.split(), body.split()


def columns(article_id: int, title: list[str], body: list[str]) -> Parameters:
    """The columns of an article in the FTS5 table. title, body: folded tokens."""
    stemmed_title, stemmed_body = _bounded(_stemmed(title), _stemmed(body))
    folded_title, folded_body = _bounded(title, body)
    return {
        "id": article_id,
        "title": " ".join(stemmed_title),
        "body": " ".join(stemmed_body),
        "folded_title": " ".join(folded_title),
        "folded_body": " ".join(folded_body),
    }


def _stemmed(tokens: list[str]) -> list[str]:
    return list(map(arabic.stem, tokens))


def _bounded(title: list[str], body: list[str]) -> tuple[list[str], list[str]]:
    """The same tokens within the limits of a tsvector.

    Past MAX_REPEATS of one word, and past MAX_POSITIONS in all, a word can be searched for, but not as part of a
    phrase: only words not seen before are added, each behind a gap. Past MAX_BYTES nothing is added.
    """
    if len(title) + len(body) <= 3_000:  # so many tokens of arabic.MAX_LETTERS are within MAX_BYTES
        counts = Counter(title)
        counts.update(body)
        if not counts or max(counts.values()) <= MAX_REPEATS:
            return title, body
    seen: Counter[str] = Counter()
    size = position = 0
    kept: tuple[list[str], list[str]] = ([], [])
    for column, tokens in zip(kept, (title, body), strict=True):
        for token in tokens:
            position += 1
            times = seen[token]
            if position > MAX_POSITIONS and times:
                continue
            size += 2 if times else len(token.encode()) + 8
            if size > MAX_BYTES:
                return kept
            if position > MAX_POSITIONS:
                column.extend((GAP, token))
            else:
                column.append(token if times < MAX_REPEATS else GAP)
            seen[token] += 1
    return kept


def _tsvector(title: list[str], body: list[str]) -> str:
    """A tsvector in PostgreSQL's notation. The headline has weight A; a gap separates it from the body."""
    positions: dict[str, list[str]] = {}
    for first, weight, tokens in ((1, "A", title), (len(title) + 2, "", body)):
        for position, token in enumerate(tokens, first):
            if token != GAP:
                of_token = positions.setdefault(token, [])
                if position <= MAX_POSITIONS + MAX_REPEATS:
                    of_token.append(f"{position}{weight}")
    return " ".join(
        f"{quoted(token)}:{','.join(of_token)}" if of_token else quoted(token) for token, of_token in positions.items()
    )


def quoted(token: str) -> str:
    """A token as a quoted lexeme of a tsvector or tsquery."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
