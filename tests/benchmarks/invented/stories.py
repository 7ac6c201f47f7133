"""One invented article: the fields that a careful reader would find on its page, before a build renders it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

from tests.benchmarks.engines.corpora import NOW
from tests.benchmarks.invented.printed_dates import printed
from tests.benchmarks.invented.prose import Grammar, Writer

Kind = Literal["p", "h", "quote", "list", "table"]
_TABLE_HEADS = ("المدينة", "المنطقة", "الجهة", "الإقليم")


@dataclass(frozen=True, slots=True)
class Section:
    """A category: its address and what readers call it. topic: which rules its stories are written by."""

    slug: str
    topic: str
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text. lines: one, or the items of a list, or the rows of a table with cells apart by "|"."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """As the gold has them: each item and each row by itself."""
        return tuple(line.replace("|", " ") for line in self.lines)


@dataclass(frozen=True, slots=True)
class Story:
    """when: aware, to the minute, in the site's zone. dateline: the beginning of the text, with the agency if any.

    dated: False where the page is to state no date.
    """

    number: int
    section: Section
    headline: str
    subtitle: str | None
    authors: tuple[str, ...]
    agency: str | None
    dateline: str | None
    when: datetime
    tags: tuple[str, ...]
    caption: str
    blocks: tuple[Block, ...]
    dated: bool = True

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text."""
        return tuple(line for block in self.blocks for line in block.paragraphs)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a site writes: shares of its articles, 0 to 1. recent: articles of the last days (for relative dates).

    openings: how a dateline stands before the first sentence, without an agency and with one.
    """

    subtitles: float = 0.4
    bylines: float = 0.6
    datelines: float = 0.3
    agencies: float = 0.3
    tags: float = 0.7
    extras: float = 0.5
    shortest: int = 2
    longest: int = 14
    recent: bool = False
    undated: float = 0.0
    openings: tuple[str, str] = ("{place}: ", "{place} - {agency}: ")


def stories(
    rules: Grammar, random: Random, sections: list[Section], count: int, habits: Habits, zone: str
) -> list[Story]:
    """Articles of one site, newest first, with different headlines."""
    by_headline: dict[str, Story] = {}
    said: set[str] = set()
    first = random.randint(2000, 900_000)
    when = NOW.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0) - timedelta(minutes=random.randint(70, 300))
    while len(by_headline) < count:
        section = sections[len(by_headline) % len(sections)]
        story = _story(Writer(rules, random, said=said), section, first - len(by_headline) * 3, when, habits)
        if story.headline not in by_headline:
            by_headline[story.headline] = story
            step = random.randint(60, 300) if habits.recent else random.randint(200, 9000)
            when = (when - timedelta(minutes=step)).astimezone(ZoneInfo(zone))
    return list(by_headline.values())


def _story(writer: Writer, section: Section, number: int, when: datetime, habits: Habits) -> Story:
    random = writer.random
    headline = writer.say(f"h_{section.topic}")
    agency = writer.say("agency") if random.random() < habits.agencies else None
    by = () if random.random() >= habits.bylines else tuple(writer.several("byline", random.choice((1, 1, 1, 2))))
    opening = ""
    if random.random() < habits.datelines:
        form = habits.openings[agency is not None]
        opening = form.format(place=writer.fill("{=place}"), agency=agency, date=printed("day-month", when))
    subtitle = writer.say("subtitle") if random.random() < habits.subtitles else None
    return Story(
        number=number,
        section=section,
        headline=headline,
        subtitle=subtitle,
        authors=by if not (agency and opening) else (),
        agency=agency,
        dateline=opening.rstrip(" :") or None,
        when=when,
        tags=tuple(writer.several("tag", random.randint(2, 5))) if random.random() < habits.tags else (),
        caption=writer.say("caption"),
        blocks=tuple(_blocks(writer, section.topic, opening, habits)),
        dated=not habits.undated or random.random() >= habits.undated,
    )


def _blocks(writer: Writer, topic: str, opening: str, habits: Habits) -> list[Block]:
    random = writer.random
    # Most articles are short; a few are long.
    count = min(habits.longest, habits.shortest + int(random.expovariate(1 / 6)))
    blocks = []
    for place in range(count):
        said = [writer.sentence(f"s_{topic}", "s_any") for _ in range(random.choice((1, 1, 2, 2, 3)))]
        if not place:
            said[0] = opening + writer.sentence(f"s_{topic}")
        blocks.append(Block("p", (" ".join(said),)))
        if place and place < count - 1 and random.random() < habits.extras / 3:
            blocks += _extra(writer)
    return blocks


def _extra(writer: Writer) -> list[Block]:
    kind = writer.random.choice(("h", "h", "quote", "list", "table"))
    if kind == "h":
        return [Block("h", (writer.sentence("heading"),))]
    if kind == "quote":
        return [Block("quote", (writer.sentence("quote"),))]
    if kind == "list":
        return [Block("list", tuple(writer.sentence("item") for _ in range(writer.random.randint(2, 4))))]
    rows = [f"{name}|{writer.fill('{#12-990}')}|{writer.fill('{#1-40}')}%" for name in writer.several("place", 3)]
    year = writer.random.randint(1990, 2024)
    return [Block("table", (f"{writer.random.choice(_TABLE_HEADS)}|{year}|{year + 1}", *rows))]
