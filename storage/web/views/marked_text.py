"""Archived text as escaped HTML: highlighted words, paragraphs, dates, links, the two sides of a difference."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

from storage.web.views.interface_words import MONTHS, Language

Span = tuple[int, int]
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_ENCODED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")  # percent-encoded bytes of letters beyond ASCII
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")


def highlighted(text: str, spans: Iterable[Span]) -> Markup:
    """The text, escaped, with each [start, end) marked. spans: in order, without overlap."""
    parts: list[Markup] = []
    position = 0
    for start, end in spans:
        parts += [escape(text[position:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        position = end
    return Markup("").join([*parts, escape(text[position:])])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without empty ones."""
    return [part for part in (each.strip() for each in _BREAK.split(text)) if part]


def plain(text: str | None) -> str:
    """The text on one line without control and direction characters, for page titles, feeds and citations."""
    return " ".join(_DIRECTION_MARKS.sub("", text or "").split())


def web_address(url: str | None) -> str | None:
    """The URL if it is http(s), so that it is safe as a link; None for javascript:, data: and the like."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def readable_url(url: str) -> str:
    """The URL with percent-encoded letters beyond ASCII, such as Arabic ones, decoded."""
    return _ENCODED.sub(_decoded, url)


def _decoded(run: re.Match[str]) -> str:
    letters = unquote(run[0], errors="replace")
    return letters if letters.isprintable() and "\ufffd" not in letters else run[0]


def shown_date(value: str | None, language: Language) -> Markup:
    """A record's date (ISO 8601, any precision) in words, with its own UTC offset: 28 أكتوبر 2025، 10:15."""
    match = _DATE.match(value or "")
    if match is None:
        return escape(value or "")
    year, month, day, clock, _offset = match.groups()
    name = MONTHS[language][int(month) - 1] if 1 <= int(month) <= 12 else month
    words = " ".join(part for part in (str(int(day)) if day else None, name, year) if part)
    at = Markup(' <bdi class="clock">{}</bdi>').format(clock) if clock else ""
    return Markup('<time datetime="{}" title="{}">{}{}</time>').format(value, value, words, at)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph. op: equal, delete or insert; anchor: number of its edit, from 1; None: no edit."""

    op: str
    text: str
    small: bool = False
    moved: bool = False
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A paragraph in both versions. old: without insertions. new: without deletions. inline: with both."""

    inline: tuple[tuple[Piece, ...], ...]
    old: tuple[tuple[Piece, ...], ...]
    new: tuple[tuple[Piece, ...], ...]
    changed: bool


def compared_rows(segments: Sequence[dict[str, Any]], *, small: bool = True) -> tuple[list[ComparedRow], int]:
    """The rows of a difference, and the number of edits. segments: as `queries.difference` returns them.

    small: False: small changes show only their new text, unmarked. A deletion with the insertion after it is one edit.
    """
    rows: list[list[Piece]] = [[]]
    edits = 0
    before = "equal"
    for segment in segments:
        op, text, hidden = segment["op"], segment["text"], bool(segment.get("small")) and not small
        if hidden:
            if op == "delete":
                continue
            op = "equal"
        if op == "equal":
            before = op
            for number, part in enumerate(_BREAK.split(text)):
                if number:
                    rows.append([])
                if part:
                    rows[-1].append(Piece("equal", part))
            continue
        edits += not (before == "delete" and op == "insert")
        before = op
        rows[-1].append(Piece(op, text, bool(segment.get("small")), bool(segment.get("moved")), edits))
    return [_row(pieces) for pieces in rows if pieces], edits


def _row(pieces: list[Piece]) -> ComparedRow:
    return ComparedRow(
        _in_paragraphs(pieces),
        _in_paragraphs([piece for piece in pieces if piece.op != "insert"]),
        _in_paragraphs([piece for piece in pieces if piece.op != "delete"]),
        any(piece.op != "equal" for piece in pieces),
    )


def _in_paragraphs(pieces: list[Piece]) -> tuple[tuple[Piece, ...], ...]:
    pieces_by_paragraph: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, part in enumerate(_BREAK.split(piece.text)):
            if number:
                pieces_by_paragraph.append([])
            if part:
                pieces_by_paragraph[-1].append(Piece(piece.op, part, piece.small, piece.moved, piece.anchor))
    return tuple(tuple(each) for each in pieces_by_paragraph if each)
