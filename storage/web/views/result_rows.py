"""Articles as rows of CSV and entries of an Atom feed."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

CSV_COLUMNS = (
    "id", "url", "permalink", "site", "country", "title", "authors", "agency", "section", "published_at", "status",
    "version", "word_count", "first_seen_at", "last_seen_at", "content_sha256",
)  # fmt: skip
# What spreadsheets take for a formula at the beginning of a cell, in their wide forms too.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def csv_cell(value: Any) -> Any:
    """The value, with an apostrophe before what a spreadsheet would run as a formula. Numbers stay numbers."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text


def csv_line(values: Iterable[Any]) -> bytes:
    """One line of RFC 4180, in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(map(csv_cell, values))
    return line.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. url: of the reader's page, also its id. html: its content, already safe markup; None: no content."""

    url: str
    title: str
    updated: str
    author: str
    html: str | None = None


def atom_feed(url: str, page: str, title: str, entries: Iterable[FeedEntry], *, language: str) -> Iterator[bytes]:
    """An Atom feed (RFC 4287). url: its own; page: what it is the feed of."""
    listed = list(entries)
    updated = max((_instant(entry.updated) for entry in listed), default="1970-01-01T00:00:00Z")
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>\n'
        f"<title>{_xml(title)}</title><id>{_xml(url)}</id><updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(_clean(url))}/>'
        f'<link rel="alternate" type="text/html" href={quoteattr(_clean(page))}/>\n'
    ).encode()
    for entry in listed:
        content = f'<content type="html">{_xml(entry.html)}</content>' if entry.html is not None else ""
        yield (
            f"<entry><title>{_xml(entry.title)}</title><id>{_xml(entry.url)}</id>"
            f"<updated>{_instant(entry.updated)}</updated><author><name>{_xml(entry.author)}</name></author>"
            f'<link rel="alternate" type="text/html" href={quoteattr(_clean(entry.url))}/>{content}</entry>\n'
        ).encode()
    yield b"</feed>\n"


def _xml(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _instant(value: str) -> str:
    """An instant as Atom has it; a day or month alone begins at midnight, UTC."""
    if "T" in value:
        return value
    return f"{value}-01T00:00:00Z" if len(value) == 7 else f"{value}T00:00:00Z"
