"""The CSV columns of a search result, and Atom feeds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

CSV_COLUMNS = (
    "id", "url", "permalink", "site", "country", "title", "authors", "agency", "section", "published_at", "status",
    "version", "word_count", "first_seen_at", "last_seen_at", "content_sha256",
)  # fmt: skip
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. url: of its page. html: its content, already escaped; None: no content. id: a URI; None: the url."""

    url: str
    title: str
    updated: str
    author: str
    html: str | None = None
    id: str | None = None


def atom_feed(
    url: str, page: str | None, title: str, entries: Iterable[FeedEntry], *, language: str
) -> Iterator[bytes]:
    """An Atom feed (RFC 4287). url: of the feed. page: URL of the page it follows; None: a file, whose url is a URN."""
    listed = list(entries)
    updated = max((_instant(entry.updated) for entry in listed), default="1970-01-01T00:00:00Z")
    links = ("self", "application/atom+xml", url), ("alternate", "text/html", page or "")
    shown = "".join(f'<link rel="{rel}" type="{kind}" href={quoteattr(_clean(at))}/>' for rel, kind, at in links)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>\n'
        f"<title>{_xml(title)}</title><id>{_xml(url)}</id><updated>{updated}</updated>\n"
        f"{shown if page is not None else ''}\n"
    ).encode()
    for entry in listed:
        content = f'<content type="html">{_xml(entry.html)}</content>' if entry.html is not None else ""
        yield (
            f"<entry><title>{_xml(entry.title)}</title><id>{_xml(entry.id or entry.url)}</id>"
            f"<updated>{_instant(entry.updated)}</updated><author><name>{_xml(entry.author)}</name></author>"
            f'<link rel="alternate" type="text/html" href={quoteattr(_clean(entry.url))}/>{content}</entry>\n'
        ).encode()
    yield b"</feed>\n"


def _xml(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _instant(value: str) -> str:
    """A date as an Atom instant; a day or month alone becomes its first midnight, UTC."""
    if "T" in value:
        return value
    return f"{value}-01T00:00:00Z" if len(value) == 7 else f"{value}T00:00:00Z"
