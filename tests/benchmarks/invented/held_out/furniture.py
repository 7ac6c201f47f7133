"""Small parts that builds of this set share: wordings that are the site's or the page's, rows of links, places in a text."""

from collections.abc import Callable, Sequence
from html import escape
from random import Random

from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.printed_dates import printed


def fixed(page: Page, *wordings: str) -> str:
    """One of the wordings, the same on all pages of the site."""
    return page.out(Random(f"{page.outlet.key} {wordings[0]}").choice(wordings))


def varied(page: Page, *wordings: str) -> str:
    """One of the wordings, another from page to page, slots of the grammar filled."""
    return page.out(page.writer.fill(page.random.choice(wordings)))


def menu(page: Page, row: str) -> str:
    """Links to the sections. row: with {url} and {label}."""
    return "".join(
        row.format(url=escape(page.outlet.section_url(each)), label=page.out(each.label))
        for each in page.outlet.sections
    )


def rows(page: Page, count: int, row: str) -> str:
    """Links to other articles. row: with {url} and {title}, and any of {n}, {clock}, {date}, {image}."""
    numbered = enumerate(page.others(count), 1)
    return "".join(row.format(url=url, title=title, n=n, **_card(page)) for n, (url, title) in numbered)


def _card(page: Page) -> dict[str, str]:
    """A clock, a date and a picture as a card shows them."""
    other = page.random.choice([each for each in page.outlet.stories if each is not page.story])
    clock = f"{page.random.randint(0, 23):02}:{page.random.randint(0, 59):02}"
    return {"clock": clock, "date": page.date(other), "image": page.image(other)}


def pager(page: Page, row: str) -> str:
    """Links to a category's other pages, nothing on the home page. row: with {url} and {n}."""
    if page.section is None or page.story:
        return ""
    section = page.section
    return "".join(row.format(url=escape(page.outlet.section_url(section, n)), n=n) for n in range(1, page.pages + 1))


def older(page: Page, row: str) -> str:
    """The link to a category's following page, nothing on the home page. row: with {url}."""
    if page.section is None or page.story:
        return ""
    return row.format(url=escape(page.outlet.section_url(page.section, page.number + 1)))


def tags(page: Page, row: str, between: str = "") -> str:
    """The article's tags. row: with {tag} and {n}."""
    return between.join(row.format(tag=escape(each), n=n) for n, each in enumerate(page.the.tags, 11))


def people(page: Page, row: str, between: str = "") -> str:
    """The article's writers, who stand outside of the text. row: with {name} and {n}, and {about} for a line on each."""
    return between.join(
        row.format(name=page.out(each), n=n, about=page.pick("about") if "{about}" in row else "")
        for n, each in enumerate(page.the.authors, 3)
    )


def optional(row: str, value: str | None, page: Page | None = None) -> str:
    """The row with the value in it, or nothing without a value. page: where the value is no part of the text."""
    return row.format(page.out(value) if page else escape(value)) if value else ""


def scattered(page: Page, parts: int, pieces: Sequence[Callable[[], str]], most: int) -> dict[int, str]:
    """At most so many of the pieces behind parts of a text, none before the first part, fewer in a short text."""
    places = list(range(1, max(parts, 2)))
    count = min(len(places), len(pieces), most)
    chosen = page.random.sample(pieces, count)
    return {place: make() for place, make in zip(page.random.sample(places, count), chosen, strict=True)}


def now(page: Page, form: str) -> str:
    """The day of the fetch, as a clock in the header shows it."""
    return escape(printed(form, page.fetched, indic=page.outlet.indic))
