"""The pages of the measurements, each with its gold: the fields as a careful reader finds them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # when pages were fetched that don't say so


@dataclass(frozen=True, slots=True)
class Gold:
    """The right fields of one page. Names and values as in an article; absent is None or ().

    published: ISO 8601. A date alone where the page tells the day only; without offset where the page states none,
    which is then the wall clock. must_not_contain: strings of the page that are not in the text of the article.
    """

    url: str
    title: str
    paragraphs: tuple[str, ...]
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    section: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    agency: str | None = None
    must_not_contain: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Paragraphs, separated by a blank line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Case:
    """One page: its bytes as served, with the Content-Type header, and its gold. kind: theme or CMS, "" if unknown."""

    name: str
    body: bytes
    gold: Gold
    content_type: str = "text/html"
    fetched_at: datetime = NOW
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages that are scored together. real: saved from sites, not written for the purpose."""

    name: str
    title: str
    cases: tuple[Case, ...]
    real: bool = False


def shared_corpora(folder: Path) -> Iterator[Corpus]:
    """The corpus beside a checkout: real pages, and the seed article in a page. Nothing when it is not there."""
    pages = sorted((folder / "pages").glob("*.html"))
    if pages:
        yield Corpus("pages", "Real pages", tuple(_case(page) for page in pages), real=True)
    seed = folder / "seed" / "page.html"
    if seed.exists():
        yield Corpus("seed", "The seed page", (_case(seed, seed.with_name("gold.json")),))


def _case(page: Path, gold: Path | None = None) -> Case:
    gold = gold or page.with_name(page.name.removesuffix(".html") + ".gold.json")
    known = json.loads(gold.read_text(encoding="utf-8"))
    return Case(page.name.removesuffix(".html"), page.read_bytes(), _gold(known))


def _gold(known: dict[str, Any]) -> Gold:
    published = known["published"]
    if published and "T00:00:00" in published:
        published = published[:10]  # midnight is how these gold files write that only the day is known
    return Gold(
        url=known["url"],
        title=known["title"],
        paragraphs=tuple(known["paragraphs"]),
        subtitle=known["subtitle"],
        authors=tuple(known["authors"]),
        published=published,
        section=known["section"],
        categories=tuple(known["categories"]),
        tags=tuple(known["tags"]),
        image=known["image"],
        agency=known["agency"],
        must_not_contain=tuple(known["must_not_contain"]),
    )
