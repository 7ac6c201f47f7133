"""Metadata values and title parts that most pages of a site share, and that therefore describe no single article."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.html import jsonld
from crawler.html.page import Page
from crawler.html.site_name import SEPARATOR
from crawler.html.spelling import comparable
from crawler.html.tree import content
from crawler.learning.page_views import PageView

LEAST_PAGES = 4
SHARE = 0.6
_COLON = re.compile(r"(?:(?<!\s)\s+)?:\s+")
_LATIN_SHARE = 0.25
_LEAST_SIGNED = 8  # fewest pages with one author's name that make it an account
# Sections and tags need more pages: a small sample may be of one section, or of one day's running story.
FILED_PAGES = 10
FILED_SHARE = 0.9
_FILED = ("article:section", "articlesection", "articleSection", "article:tag")
DATE_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "datecreated", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "publishdate", "publish_date",
    "publication_date", "pubdate",
)  # fmt: skip
DATE_KEYS = ("datePublished", "dateCreated", "uploadDate")
METAS = (
    "author", "article:author", "dc.creator", "parsely-author", "og:title", "twitter:title", "headline", "dc.title",
    "og:description", "description", "twitter:description", "og:image", "twitter:image", "article:section",
    "articlesection", "keywords", "news_keywords", "article:tag", *DATE_METAS,
)  # fmt: skip
KEYS = (
    "author", "creator", "headline", "name", "description", "image", "articleSection", "keywords", "dateModified",
    *DATE_KEYS,
)  # fmt: skip


def shared_values(views: Sequence[PageView]) -> frozenset[tuple[str, str]]:
    """The shared values as (source, comparable value). Sources are named "meta author", "json-ld author", "title"."""
    counts: Counter[tuple[str, str]] = Counter()
    for view in views:
        counts.update(set(values_of(view.page)))
    return frozenset(
        (source, value)
        for (source, value), count in counts.items()
        if count >= _least(source, len(views)) and len(views) >= LEAST_PAGES
    )


def accounts(views: Sequence[PageView]) -> frozenset[str]:
    """Comparable author names that are accounts: on most pages, or on a quarter of them if in Latin letters.

    Publishing systems print the account that posted an article where it has no author. A name on most pages counts as
    an account too, because it says nothing about a single article.
    """
    counts: Counter[str] = Counter()
    for view in views:
        counts.update(set(map(comparable, view.article.authors)))
    # In a small sample, one reporter may have written most articles.
    most = max(_LEAST_SIGNED, SHARE * len(views))
    return frozenset(
        name
        for name, count in counts.items()
        if name and count >= (max(LEAST_PAGES, _LATIN_SHARE * len(views)) if name.isascii() else most)
    )


def _least(source: str, pages: int) -> float:
    if source.endswith(_FILED):
        return max(FILED_PAGES, FILED_SHARE * pages)
    return max(LEAST_PAGES, SHARE * pages)


def values_of(page: Page) -> Iterator[tuple[str, str]]:
    """Yield a page's metadata values as (source, comparable value), for counting over pages."""
    for source, value in page.meta(*METAS):
        yield source, comparable(value)
    for key in KEYS:
        for value in jsonld.strings(page.article.get(key)):
            yield f"json-ld {key}", comparable(value)
    for text in jsonld.page_dates(page.nodes):
        yield "json-ld page", comparable(text)
    title = page.tree.find(".//title")
    if title is not None:
        yield "title", comparable(content(title))


def shared_title_parts(views: Sequence[PageView]) -> frozenset[str]:
    """The site's names: comparable first and last parts of <title> that most pages share."""
    counts: Counter[str] = Counter()
    for view in views:
        title = view.page.tree.find(".//title")
        text = content(title)[:500] if title is not None else ""
        # A part that most titles begin or end with is no part of a headline, whichever separator stands beside it.
        for separator in (SEPARATOR, _COLON):
            parts = [comparable(part) for part in separator.split(text)]
            counts.update({parts[0], parts[-1]} - {""} if len(parts) > 1 else set())
    return frozenset(part for part, count in counts.items() if count >= max(LEAST_PAGES, SHARE * len(views)))
