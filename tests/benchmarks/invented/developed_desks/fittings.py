"""What the desks share: texts in several groups, desks where no writer is, tickers with a clock, Persian digits, entries."""

from collections.abc import Callable, Sequence
from html import escape

from tests.benchmarks.invented.pages import Page

_PERSIAN = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹" * 2)


def persian(text: str) -> str:
    """With the digits of Persian."""
    return text.translate(_PERSIAN)


def grouped(page: Page, parts: Sequence[str], form: str, pieces: Sequence[Callable[[], str]], most: int = 4) -> str:
    """The parts in containers of one to so many, with one of the pieces behind each but the last. form: with {}."""
    texts, rest = [], list(parts)
    while rest:
        count = page.random.randint(1, most)
        texts.append(form.format("".join(rest[:count])))
        rest = rest[count:]
        if rest and pieces:
            texts.append(page.random.choice(pieces)())
    return "".join(texts)


def names(page: Page, form: str, separator: str = "") -> str:
    """The writers. form: any of {text} and {n}, a number of the writer's page."""
    return separator.join(form.format(text=escape(each), n=len(each) * 7) for each in page.the.authors)


def clock(page: Page) -> str:
    """The time of a day, as tickers print it."""
    return f"{page.random.randint(0, 23):02}:{page.random.randint(0, 59):02}"


def hashtags(page: Page, form: str) -> str:
    """The tags as hashtags, words joined by "_". form: {text} {n}."""
    return "".join(form.format(text="#" + escape(each.replace(" ", "_")), n=n) for n, each in enumerate(page.the.tags))


def chips(page: Page, form: str, separator: str = "") -> str:
    """The tags as they are. form: {text} {n}."""
    return separator.join(form.format(text=escape(each), n=n) for n, each in enumerate(page.the.tags, 1))


def points(page: Page, box: str, item: str) -> str:
    """A box of points that no one wrote for the text. box: {label} {items}; item: {text}."""
    items = "".join(item.format(text=each) for each in page.several("point", 3))
    return box.format(label=page.label("summary"), items=items)


def by_section(page: Page, texts: Sequence[str], box: str) -> str:
    """Cards of the listing, one each of page.shown, in a box for each section. box: {url} {label} {items}."""
    held: dict[str, str] = {}
    labels = {}
    for story, each in zip(page.shown, texts, strict=True):
        url = escape(page.outlet.section_url(story.section))
        held[url], labels[url] = held.get(url, "") + each, escape(story.section.label)
    return "".join(box.format(url=url, label=labels[url], items=items) for url, items in held.items())
