"""A page that a build renders: its input, and a record of the printed text that is not part of the article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from random import Random

from tests.benchmarks.engines.corpora import Gold
from tests.benchmarks.invented.printed_dates import fetched, known, printed
from tests.benchmarks.invented.prose import Writer
from tests.benchmarks.invented.stories import Block, Section, Story


@dataclass(slots=True)
class Outlet:
    """One site: a name, an address, sections, and furniture in its own words, the same on all of its pages."""

    key: str
    title: str
    host: str
    zone: str
    sections: list[Section]
    stories: list[Story]
    writer: Writer
    date_form: str
    indic: bool
    address: Callable[["Outlet", Story], str]
    section_address: Callable[[Section, int], str]
    phrases: dict[str, str] = field(default_factory=dict)

    def phrase(self, rule: str) -> str:
        """The site's wording of a label."""
        if rule not in self.phrases:
            self.phrases[rule] = self.writer.say(rule)
        return self.phrases[rule]

    def url(self, story: Story) -> str:
        """The article's address."""
        return f"https://{self.host}{self.address(self, story)}"

    def section_url(self, section: Section, page: int = 1) -> str:
        """A listing's address."""
        return f"https://{self.host}{self.section_address(section, page)}"


@dataclass(slots=True)
class Page:
    """An article's page, or a listing where story is None. shown: whose cards the listing itself shows.

    Everything that a build prints through `out`, `label`, `pick` or `others` must not come into the text.
    """

    outlet: Outlet
    story: Story | None
    random: Random
    writer: Writer
    section: Section | None = None
    number: int = 1
    pages: int = 1
    shown: Sequence[Story] = ()
    outside: dict[str, None] = field(default_factory=dict)

    @property
    def the(self) -> Story:
        """The article of an article's page."""
        assert self.story is not None
        return self.story

    def out(self, text: str) -> str:
        """Text of the page that is not the article's, escaped."""
        self.outside[text] = None
        return escape(text)

    def label(self, rule: str) -> str:
        """Furniture in the site's fixed words."""
        return self.out(self.outlet.phrase(rule))

    def pick(self, rule: str) -> str:
        """Furniture in words that change from page to page."""
        return self.out(self.writer.say(rule))

    def several(self, rule: str, count: int) -> list[str]:
        """As pick, several different ones."""
        return [self.out(each) for each in self.writer.several(rule, count)]

    def others(self, count: int) -> list[tuple[str, str]]:
        """Address and headline of other articles of the site."""
        others = [each for each in self.outlet.stories if each is not self.story]
        chosen = self.random.sample(others, min(count, len(others)))
        return [(escape(self.outlet.url(each)), self.out(each.headline)) for each in chosen]

    def another(self, blocks: int | None = None) -> Story:
        """Another article, such as an endless page appends, or its first blocks; its text is not the article's."""
        other = self.random.choice([each for each in self.outlet.stories if each is not self.story])
        other = replace(other, blocks=other.blocks[:blocks])
        for text in (other.headline, *other.paragraphs):
            self.outside[text] = None
        return other

    def chance(self, share: float) -> bool:
        """True in that share of the pages."""
        return self.random.random() < share

    def date(self, story: Story | None = None) -> str:
        """The date line of the article, or of another one."""
        text = printed(self.outlet.date_form, (story or self.the).when, indic=self.outlet.indic)
        return escape(text) if story and story is not self.story else self.out(text)

    def today(self) -> str:
        """A top bar's date, the day of the fetch, which is not the article's."""
        return escape(printed("weekday-clock", self.fetched, indic=self.outlet.indic))

    @property
    def fetched(self) -> datetime:
        """When the page is fetched, in the site's zone; a listing at the moment of its newest article."""
        newest = self.outlet.stories[0].when
        return fetched(self.outlet.date_form, self.story.when).astimezone(newest.tzinfo) if self.story else newest

    def image(self, story: Story | None = None) -> str:
        """Address of a picture."""
        return f"https://{self.outlet.host}/uploads/{(story or self.the).number % 97}/{(story or self.the).number}.jpg"


def text_html(
    blocks: Sequence[Block],
    *,
    p: str = "<p>{}</p>",
    h: str = "<h2>{}</h2>",
    quote: str = "<blockquote><p>{}</p></blockquote>",
    item: str = "<li>{}</li>",
    items: str = "<ul>{}</ul>",
    cell: str = "<td>{}</td>",
    row: str = "<tr>{}</tr>",
    table: str = "<table>{}</table>",
) -> list[str]:
    """The blocks of a text in the markup of a build, one string each."""
    pieces = []
    for block in blocks:
        lines = [escape(line, quote=False) for line in block.lines]
        if block.kind == "list":
            pieces.append(items.format("".join(item.format(line) for line in lines)))
        elif block.kind == "table":
            rows = (row.format("".join(cell.format(each) for each in line.split("|"))) for line in lines)
            pieces.append(table.format("".join(rows)))
        else:
            pieces.append({"p": p, "h": h, "quote": quote}[block.kind].format(lines[0]))
    return pieces


def woven(parts: Sequence[str], inserts: dict[int, str]) -> str:
    """The parts with inserts behind the parts of that number (0: before all; past the end: after all)."""
    last = len(parts)
    placed: dict[int, str] = {}
    for place, text in inserts.items():
        placed[min(place, last)] = placed.get(min(place, last), "") + text
    return placed.get(0, "") + "".join(part + placed.get(number, "") for number, part in enumerate(parts, 1))


@dataclass(frozen=True, slots=True)
class Shows:
    """Which fields a build's pages state. moment: "machine" (to the minute with offset), "printed", "none"."""

    subtitle: bool = True
    authors: bool = True
    section: bool = True
    tags: bool = True
    agency: bool = True
    image: bool = True
    moment: str = "printed"

    def published(self, page: Page) -> str | None:
        """The most exact date that the page states, as gold."""
        if not page.the.dated:
            return None
        if self.moment == "machine":
            return page.the.when.isoformat()
        return known(page.outlet.date_form, page.the.when) if self.moment == "printed" else None


def gold_of(page: Page, shows: Shows) -> Gold:
    """The story as far as the build shows it."""
    story = page.the
    return Gold(
        url=page.outlet.url(story),
        title=story.headline,
        subtitle=story.subtitle if shows.subtitle else None,
        authors=story.authors if shows.authors else (),
        published=shows.published(page),
        section=story.section.label if shows.section else None,
        categories=(story.section.label,) if shows.section else (),
        tags=story.tags if shows.tags else (),
        image=page.image() if shows.image else None,
        agency=story.agency if shows.agency or story.dateline else None,  # a dateline names the agency
        paragraphs=story.paragraphs,
        must_not_contain=tuple(page.outside),
    )
