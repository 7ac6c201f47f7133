"""What these sites have in common: menus, titles for machines, addresses, and links to the next pages of a category."""

from collections.abc import Callable
from functools import partial
from html import escape

from tests.benchmarks.invented.pages import Outlet, Page
from tests.benchmarks.invented.stories import Section, Story


def _address(form: str, _: Outlet, story: Story) -> str:
    return form.format(n=story.number, s=story.section.slug, d=f"{story.when:%Y/%m/%d}")


def address(form: str) -> Callable[[Outlet, Story], str]:
    """Addresses of articles. form: with {n}, {s} and {d}: number, section, day."""
    return partial(_address, form)


def _section_address(form: str, further: str, section: Section, page: int) -> str:
    return form.format(s=section.slug) + (further.format(n=page) if page > 1 else "")


def section_address(form: str, further: str) -> Callable[[Section, int], str]:
    """Addresses of categories. form: with {s}; further: what follows on later pages, with {n}."""
    return partial(_section_address, form, further)


def menu(page: Page, item: str) -> str:
    """The sections. item: with {url} and {label}."""
    outlet = page.outlet
    return "".join(
        item.format(url=escape(outlet.section_url(each)), label=page.out(each.label)) for each in outlet.sections
    )


def titles(page: Page, separator: str = " | ") -> str:
    """The headline with the site's name as title and og:title."""
    title = f"{escape(page.the.headline)}{separator}{escape(page.outlet.title)}"
    return f'<title>{title}</title><meta property="og:title" content="{title}"><meta property="og:image" content="{page.image()}">'


def pager(page: Page, item: str) -> str:
    """Links to the pages of a category. item: with {url} and {n}."""
    if page.section is None:
        return ""
    numbers = range(1, page.pages + 1)
    return "".join(item.format(url=escape(page.outlet.section_url(page.section, n)), n=n) for n in numbers)


def cards(page: Page, card: str) -> list[str]:
    """The articles of a listing. card: with {url}, {title}, and any of {image}, {section}, {date}, {lead}."""
    return [
        card.format(
            url=escape(page.outlet.url(each)),
            title=escape(each.headline),
            image=page.image(each),
            section=escape(each.section.label),
            date=page.date(each),
            lead=escape(each.paragraphs[0][:140]),
        )
        for each in page.shown
    ]
