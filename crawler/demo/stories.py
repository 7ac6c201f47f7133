"""Content of the newspaper: stories, people and categories, read from the JSON files beside this module."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import quote

from crawler.demo.wording import DATE_FORMS

BLOCKS = ("p", "h2", "h3", "ul", "ol", "quote", "read")
LAYOUTS = ("p", "spaced", "br", "div")
Kind = Literal["article", "old", "private", "protected", "video"]

_LINK = re.compile(r"\[([^\[\]]+)\]\(\d+\)")
_WORD = re.compile(r"[0-9A-Za-z\u0621-\u063A\u0641-\u064A\u0660-\u0669]+")
_MARKS = re.compile(r"[\u064B-\u0652\u0670]")


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """One block of a body, of a kind in BLOCKS. lines: the items of a list, else one line of text.

    A line may hold **bold** and [words](story id). story: the story that a "read" block links to; such a block is not
    part of the article's text.
    """

    kind: str
    lines: tuple[str, ...]
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One story as its JSON object declares it, checked.

    category: slug of the narrowest one. by: slugs of people. days_ago: days before the newspaper's `today`; at: local
    time. date: form of the date on the page, a key of DATE_FORMS; "hours" uses hours_ago instead. layout: markup of the
    paragraphs, one of LAYOUTS.
    """

    id: int
    category: str
    title: str
    body: tuple[StoryBlock, ...]
    by: tuple[str, ...]
    days_ago: int
    at: time
    date: str = "yoast"
    subtitle: str | None = None
    agency: str | None = None
    tags: tuple[str, ...] = ()
    caption: str | None = None
    layout: str = "p"
    hours_ago: int = 0
    kind: Kind = "article"

    def __post_init__(self) -> None:
        if self.date not in DATE_FORMS or self.layout not in LAYOUTS:
            raise ValueError(f"story {self.id}: date {self.date!r} or layout {self.layout!r} is unknown")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text: every paragraph, sub-heading, quote and list item, without the marks."""
        return tuple(plain(line) for block in self.body if block.kind != "read" for line in block.lines)


@dataclass(frozen=True, slots=True)
class Category:
    """A category. parent: slug of the category above it. paging: form of the links to older pages."""

    id: int
    slug: str
    name: str
    paging: Literal["numeric", "load-more", "next-prev"]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """An author. bio: one sentence for the box under an article."""

    slug: str
    name: str
    bio: str


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page that is no article, such as "about us"."""

    slug: str
    name: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextDay:
    """The changes of the second day: new stories, new fields of old ones by id, and ids of those taken down."""

    new: tuple[Story, ...]
    edits: Mapping[int, Mapping[str, Any]]
    withdrawn: frozenset[int]


def plain(line: str) -> str:
    """A line without its **bold** and [link](id) marks."""
    return _LINK.sub(r"\1", line).replace("**", "")


def slug_of(title: str) -> str:
    """A percent-encoded slug as WordPress makes it: words joined by "-", at most 200 bytes once encoded."""
    slug = ""
    for word in _WORD.findall(_MARKS.sub("", title)):
        longer = f"{slug}-{quote(word)}" if slug else quote(word)
        if len(longer) > 200:
            break
        slug = longer
    return slug


def _read(name: str) -> Any:
    return json.loads(files("crawler.demo").joinpath(f"{name}.json").read_text("utf-8"))


def _block(written: str | Mapping[str, Any]) -> StoryBlock:
    if isinstance(written, str):
        return StoryBlock("p", (written,))
    kind = next(key for key in written if key in BLOCKS)
    if kind == "read":
        return StoryBlock("read", (str(written["say"]),), int(written["read"]))
    lines = written[kind]
    return StoryBlock(kind, tuple(lines) if isinstance(lines, list) else (lines,))


def _fields(written: Mapping[str, Any]) -> dict[str, Any]:
    fields = dict(written)
    if "body" in fields:
        fields["body"] = tuple(_block(block) for block in fields["body"])
    if "at" in fields:
        fields["at"] = time.fromisoformat(fields["at"])
    for name in ("by", "tags"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return fields


@lru_cache(maxsize=1)
def first_day() -> tuple[Story, ...]:
    """Every story of the first day, of every kind, in no order."""
    names = ("asia", "world", "local", "economy", "sport", "football", "extras")
    return tuple(Story(**_fields(written)) for name in names for written in _read(name))


@lru_cache(maxsize=1)
def next_day() -> NextDay:
    """The changes of the second day."""
    written = _read("next_day")
    return NextDay(
        new=tuple(Story(**_fields(story)) for story in written["new"]),
        edits={edit["id"]: _fields({k: v for k, v in edit.items() if k != "id"}) for edit in written["edits"]},
        withdrawn=frozenset(written["withdrawn"]),
    )


@lru_cache(maxsize=1)
def categories() -> Mapping[str, Category]:
    """The six categories by slug, in the order of the menu."""
    return {written["slug"]: Category(**written) for written in _read("masthead")["categories"]}


@lru_cache(maxsize=1)
def authors() -> Mapping[str, Author]:
    """The people by slug."""
    return {written["slug"]: Author(**written) for written in _read("masthead")["authors"]}


@lru_cache(maxsize=1)
def static_pages() -> Mapping[str, StaticPage]:
    """The pages that are no articles, by slug."""
    pages = (StaticPage(**{**written, "text": tuple(written["text"])}) for written in _read("masthead")["pages"])
    return {page.slug: page for page in pages}


def badges(slug: str) -> tuple[Category, ...]:
    """A category, then its parent, if any: the order of an article's badges."""
    category = categories()[slug]
    return (category,) if category.parent is None else (category, categories()[category.parent])
