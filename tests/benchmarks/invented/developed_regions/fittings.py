"""What the regional sites share: texts with boxes between the blocks, boxes of other sections, later dates, heads."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from html import escape

from tests.benchmarks.invented.developed_portals.parts import rows
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.printed_dates import printed


def between(page: Page, parts: Sequence[str], pieces: Sequence[Callable[[], str]], most: int) -> str:
    """The parts with at most so many of the pieces between them."""
    inner = range(1, len(parts))
    places = page.random.sample(inner, page.random.randint(0, min(most, len(inner)))) if pieces else []
    return woven(parts, {place: page.random.choice(pieces)() for place in sorted(places)})


def text(page: Page, pieces: Sequence[Callable[[], str]], most: int, **forms: str) -> str:
    """The article's text in the markup of forms, as text_html has them."""
    return between(page, text_html(page.the.blocks, **forms), pieces, most)


def here(page: Page) -> str:
    """The address of the article's section."""
    return escape(page.outlet.section_url(page.the.section))


def later(page: Page, form: str | None = None) -> str:
    """When the article was changed: on the next day, so that it differs in each form."""
    when = page.the.when + timedelta(minutes=page.random.randint(1445, 1700))
    return page.out(printed(form or page.outlet.date_form, when, indic=page.outlet.indic))


def boxes(page: Page, box: str, item: str, count: int = 3) -> str:
    """Other sections with articles of theirs. box: {url} {label} {items}; item: as in rows."""
    return "".join(
        box.format(url=escape(page.outlet.section_url(each)), label=escape(each.label), items=rows(page, count, item))
        for each in page.outlet.sections
        if each is not page.section
    )


def head(page: Page, *more: str, title: str = "{title} - {outlet}") -> str:
    """The title and what else is given; a listing has the outlet's name."""
    name = escape(page.outlet.title)
    line = title.format(title=escape(page.story.headline), outlet=name) if page.story else name
    return f"<title>{line}</title>{''.join(more)}"


def about(page: Page, form: str) -> str:
    """Links of the footer. form: {text}."""
    return "".join(form.format(text=each) for each in page.several("about", 4))
