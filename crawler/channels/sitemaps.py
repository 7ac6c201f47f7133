"""Parser of sitemaps (sitemaps.org 0.9): indexes, lists of pages and Google News sitemaps, as XML, gzip or plain text.

Also functions that derive a sitemap file's content from its name.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.channels.documents import ListDocument, open_document
from crawler.channels.entries import Entry, ListRules, names_listing
from crawler.channels.xml_elements import base_url, child_text, elements, local_name

# The protocol allows 50,000 entries and 50 MB a file; some newspapers put all their pages into one.
MOST_ENTRIES = 1_000_000
MOST_FILES = 50_000  # of one index
MOST_DEPTH = 3  # of indexes: the protocol forbids an index of indexes, but some sites have one; deeper is a loop

# Usual paths of a sitemap, if robots.txt names none: Yoast and Rank Math, WordPress itself, all others.
USUAL_PATHS = ("/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap.xml")

_NEWS = re.compile(r"news", re.IGNORECASE)
# Files of an index that list no article, as Yoast, Rank Math, AIOSEO and WordPress call them.
_NO_ARTICLES = re.compile(
    r"(?:^|[-_/])(?:category|categories|post_tag|tags?|authors?|users?|pages?|taxonom(?:y|ies)|image|video|local|"
    r"product(?:_cat)?|attachment|topics?|format|misc|addl|external|locations?|static|html|term)"
    r"(?:[-_]?(?:sitemap|archive))?[-_]?\d*\.(?:xml|xml\.gz)$"
    r"|wp-sitemap-(?:taxonomies|users|posts-(?:page|attachment|product|e-[^/]*))-",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """One file that an index lists. modified_at: its last change as the index states it; None when not stated."""

    url: str
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Content of one file: an index's files, newest first, or entries in the order printed. news: a news sitemap."""

    entries: tuple[Entry, ...] = ()
    files: tuple[SitemapFile, ...] = ()
    news: bool = False


def read_sitemap(body: bytes, url: str, rules: ListRules, *, content_type: str | None = None) -> Sitemap | None:
    """Parse one file; None if the bytes are no sitemap, or unpack to more than 64 MiB. Never raises.

    url: of the file. content_type: its header.
    """
    reading = sitemap_in_slices(body, url, rules, content_type=content_type)
    while True:
        try:
            next(reading)
        except StopIteration as end:
            sitemap: Sitemap | None = end.value
            return sitemap


def sitemap_in_slices(
    body: bytes, url: str, rules: ListRules, *, content_type: str | None = None
) -> Generator[None, None, Sitemap | None]:
    """As `read_sitemap`, but yields after each entry, so that the caller can interrupt it: a million take a minute."""
    document = open_document(body, content_type)
    if document is None:
        return None
    entries: dict[str, Entry] = {}
    files: dict[str, SitemapFile] = {}
    news = is_news(url)
    known = False
    for name, element in elements(document.text, frozenset(("url", "sitemap")), most=MOST_ENTRIES):
        if not name:
            known = local_name(element) in ("urlset", "sitemapindex")
            if not known:
                return None
        elif name == "url":
            entry, in_news = _entry(element, url, rules)
            news = news or in_news
            if entry is not None:
                entries.setdefault(entry.url, entry)
        elif len(files) < MOST_FILES:
            target = rules.url(base_url(element, url), child_text(element, "loc"))
            if target is not None:
                changed = rules.date(child_text(element, "lastmod"))
                files.setdefault(target, SitemapFile(target, changed.value if changed else None))
        yield
    if not known:
        return (yield from _plain_text(document, url, rules))
    return Sitemap(tuple(entries.values()), tuple(sorted(files.values(), key=_newest_first)), news)


def _entry(element: etree._Element, url: str, rules: ListRules) -> tuple[Entry | None, bool]:
    entry_url = rules.url(base_url(element, url), child_text(element, "loc"))
    published, in_news = None, False
    for child in element:
        if local_name(child) == "news":
            in_news = True
            published = child_text(child, "publication_date")
    if entry_url is None or names_listing(entry_url):
        return None, in_news
    return rules.entry(entry_url, published, child_text(element, "lastmod")), in_news


def _plain_text(document: ListDocument, url: str, rules: ListRules) -> Generator[None, None, Sitemap | None]:
    """Parse a text file with one URL a line; None when its first line is no URL."""
    lines = document.text.lstrip().split("\n", MOST_ENTRIES)[:MOST_ENTRIES]
    if not lines[0].lstrip("\ufeff\u200e\u200f").startswith(("http://", "https://")):
        return None
    if document.cut:
        lines.pop()  # the end of its URL may be missing
    entries: dict[str, Entry] = {}
    for line in lines:
        line_url = rules.url(url, line)
        if line_url is not None:
            entries.setdefault(line_url, Entry(line_url))
        yield
    return Sitemap(tuple(entries.values()))


def may_list_articles(url: str) -> bool:
    """Whether a file of an index may list articles, by its name."""
    return not _NO_ARTICLES.search(unquote(urlsplit(url).path))


def is_news(url: str) -> bool:
    """Whether a file is a news sitemap by its name: it lists the last two days, and is fetched in every run."""
    return bool(_NEWS.search(urlsplit(url).path.rpartition("/")[2]))


def days_covered(url: str) -> tuple[date, date] | None:
    """First and last day that a file covers by its name ("post-2025-10.xml", "sitemap-2024.xml"); None if unknown."""
    name = unquote(urlsplit(url).path + "?" + urlsplit(url).query)
    dated = _MONTH.search(name)
    try:
        if dated is not None:
            year, month = int(dated[1]), int(dated[2])
            if dated[3]:
                day = date(year, month, int(dated[3]))
                return day, day
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), date.fromordinal(after.toordinal() - 1)
        dated = _YEAR.search(name)
    except ValueError:
        return None
    return (date(int(dated[1]), 1, 1), date(int(dated[1]), 12, 31)) if dated else None


def _newest_first(file: SitemapFile) -> tuple[int, float, tuple[int, ...]]:
    """Sort key: news first, then the last changed, then the highest number, as plug-ins fill files from 1 up."""
    changed = -file.modified_at.timestamp() if file.modified_at else 0.0
    numbers = tuple(-int(number[:9]) for number in re.findall(r"\d+", urlsplit(file.url).path))
    return (0 if is_news(file.url) else 1, changed, numbers)
