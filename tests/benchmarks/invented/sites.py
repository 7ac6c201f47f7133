"""Whole sites: an outlet, its articles with gold, and its listings with their URLs."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tests.benchmarks.engines.corpora import Case
from tests.benchmarks.invented.pages import Outlet, Page, Shows, gold_of
from tests.benchmarks.invented.printed_dates import fetched
from tests.benchmarks.invented.prose import Writer, grammar
from tests.benchmarks.invented.stories import Habits, Section, Story, stories
from tests.benchmarks.scramble import Levels, reworded_lines, scrambled

PER_LISTING = 10


def numbered(section: Section, page: int) -> str:
    """A category page's path, as most sites have it."""
    return f"/section/{section.slug}" + (f"?page={page}" if page > 1 else "")


@dataclass(frozen=True, slots=True)
class Build:
    """A design of a site. article, listing: give the HTML of a page; home: None where the listing does.

    dates: the forms that a site of this build may print, one a site. charset: how pages are encoded; declared: the
    Content-Type header.
    """

    name: str
    article: Callable[[Page], str]
    listing: Callable[[Page], str]
    address: Callable[[Outlet, Story], str]
    dates: tuple[str, ...]
    zones: tuple[str, ...]
    shows: Shows = field(default_factory=Shows)
    habits: Habits = field(default_factory=Habits)
    charset: str = "utf-8"
    declared: str = "text/html; charset=utf-8"
    section_address: Callable[[Section, int], str] = numbered


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A home page or a page of a category. gold: the articles of the listing itself, in order. declared: as of Build."""

    url: str
    body: bytes
    gold: tuple[str, ...]
    home: bool = False
    declared: str = ""


@dataclass(frozen=True, slots=True)
class InventedSite:
    """name: the build's. cases: its articles, newest first."""

    name: str
    host: str
    zone: str
    cases: tuple[Case, ...]
    listings: tuple[ListingPage, ...]


def make_site(
    build: Build, words: Path, *, seed: int = 1, articles: int = 40, scramble: Levels | None = None
) -> InventedSite:
    """One site of a build; the same for the same seed. scramble: its pages are changed so, and the gold with them."""
    random = Random(f"{build.name} {seed}")
    rules = grammar(words)
    sections = [Section(*line.split(" ", 2)) for line in rules["section"]]
    random.shuffle(sections)
    sections = list({each.topic: each for each in sections}.values())  # one of the names that a topic may have
    zone = random.choice(build.zones)
    writer = Writer(rules, random)
    outlet = Outlet(
        key=f"{build.name}-{seed}",
        title=writer.say("outlet"),
        host=f"www.{build.name.replace('_', '-')}{seed}.example",
        zone=zone,
        sections=sections,
        stories=stories(rules, random, sections, articles, build.habits, zone),
        writer=writer,
        date_form=random.choice(build.dates),
        indic=random.random() < 0.25,
        address=build.address,
        section_address=build.section_address,
    )
    cases = tuple(_case(build, outlet, rules, story, seed, scramble) for story in outlet.stories)
    return InventedSite(build.name, outlet.host, zone, cases, tuple(_listings(build, outlet, rules, seed, scramble)))


def _case(
    build: Build, outlet: Outlet, rules: dict[str, tuple[str, ...]], story: Story, seed: int, scramble: Levels | None
) -> Case:
    page = _page(outlet, rules, f"{build.name} {seed} {story.number}")
    page.story, page.section = story, story.section
    html, shows = build.article(page), build.shows
    if scramble and scramble.metadata and shows.moment == "machine":
        shows = replace(shows, moment="printed")
    gold = gold_of(page, shows)
    if scramble:
        furniture = reworded_lines(gold, html, keep=_names(outlet)) if scramble.wording else {}
        html = scrambled(html, seed=outlet.key, levels=scramble, wording=furniture)
        gold = replace(gold, must_not_contain=tuple(furniture.get(each, each) for each in gold.must_not_contain))
    name = f"{outlet.key}-{story.number}"
    body = html.encode(build.charset, "xmlcharrefreplace")
    return Case(name, body, gold, build.declared, fetched(outlet.date_form, story.when), build.name)


def _names(outlet: Outlet) -> list[str]:
    """Texts that are a field of some page: section labels, headlines."""
    return [*(each.label for each in outlet.sections), *(each.headline for each in outlet.stories)]


def _listings(
    build: Build, outlet: Outlet, rules: dict[str, tuple[str, ...]], seed: int, scramble: Levels | None
) -> list[ListingPage]:
    listings = []
    plan = [(None, 1)] + [(section, number) for section in outlet.sections[:3] for number in (1, 2)]
    for section, number in plan:
        page = _page(outlet, rules, f"{build.name} {seed} {section} {number}")
        page.section, page.number, page.pages = section, number, 3
        # Paging goes on past what is written here: a section of few articles lists those of the others as well.
        own = [each for each in outlet.stories if section in (None, each.section)]
        shown = own + [each for each in outlet.stories if each not in own]
        page.shown = shown[(number - 1) * PER_LISTING : number * PER_LISTING]
        url = f"https://{outlet.host}/" if section is None else outlet.section_url(section, number)
        html = build.listing(page)
        if scramble:
            html = scrambled(html, seed=outlet.key, levels=scramble)
        body = html.encode(build.charset, "xmlcharrefreplace")
        gold = tuple(outlet.url(each) for each in page.shown)
        listings.append(ListingPage(url, body, gold, section is None, build.declared))
    return listings


def _page(outlet: Outlet, rules: dict[str, tuple[str, ...]], seed: str) -> Page:
    random = Random(seed)
    return Page(outlet, None, random, Writer(rules, random))
