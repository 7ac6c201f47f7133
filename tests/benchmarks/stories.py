"""The texts of the fixtures: invented news of invented places, kept apart from the markup that themes put around them."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "stories"
_KINDS: dict[str, Literal["h", "q", "ul", "ol"]] = {"h": "h", "q": "q", "ul": "ul", "ol": "ol"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a body. kind: paragraph, sub-heading, quote, list; texts: its paragraphs, for a list the items."""

    kind: Literal["p", "h", "q", "ul", "ol"]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article before any page was made of it. published: aware, in the paper's own offset."""

    key: str
    title: str
    subtitle: str | None
    authors: tuple[str, ...]
    agency: str | None
    categories: tuple[str, ...]  # the section first
    tags: tuple[str, ...]
    published: datetime
    caption: str | None
    body: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text as gold has it: blocks in order, each item of a list a paragraph."""
        return tuple(text for block in self.body for text in block.texts)


@cache
def stories() -> dict[str, Story]:
    """All of them, by key."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return {story["key"]: _story(story) for file in read if isinstance(file[0], dict) for story in file}


@cache
def headlines() -> tuple[str, ...]:
    """Of other articles: for related boxes, tickers and sidebars."""
    return tuple(json.loads((FOLDER / "headlines.json").read_text(encoding="utf-8")))


def _story(given: dict[str, Any]) -> Story:
    return Story(
        key=given["key"],
        title=given["title"],
        subtitle=given.get("subtitle"),
        authors=tuple(given["authors"]),
        agency=given["agency"],
        categories=tuple(given["categories"]),
        tags=tuple(given["tags"]),
        published=datetime.fromisoformat(given["published"]),
        caption=given["caption"],
        body=tuple(_block(block) for block in given["body"]),
    )


def _block(given: str | dict[str, Any]) -> Block:
    if isinstance(given, str):
        return Block("p", (given,))
    (name, value), *_ = given.items()
    return Block(_KINDS[name], tuple(value) if isinstance(value, list) else (value,))
