"""What these portals are put together from: menus, rows of other articles, cards, pagers, and shortened articles."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from html import escape

from tests.benchmarks.invented.pages import Outlet, Page
from tests.benchmarks.invented.stories import Block, Section, Story


def _path(form: str, outlet: Outlet, story: Story) -> str:
    return form.format(n=story.number, s=story.section.slug, d=f"{story.when:%Y/%m/%d}", k=outlet.key)


def address(form: str) -> Callable[[Outlet, Story], str]:
    """Addresses of articles. form: with any of {n}, {s} and {d}: number, section, day."""
    return partial(_path, form)


def _section_path(form: str, tail: str, section: Section, page: int) -> str:
    return form.format(s=section.slug) + (tail.format(n=page) if page > 1 else "")


def section_address(form: str, tail: str) -> Callable[[Section, int], str]:
    """Addresses of categories. form: with {s}; tail: with {n}, from the second page on."""
    return partial(_section_path, form, tail)


def rows(page: Page, count: int, form: str) -> str:
    """Other articles of the site. form: any of {url} {title} {n} {clock} {image}."""
    texts = []
    for n, (url, title) in enumerate(page.others(count), 1):
        clock = f"{page.random.randint(6, 22):02}:{page.random.randint(0, 59):02}"
        image = f"https://{page.outlet.host}/uploads/thumbs/{page.random.randint(100, 999)}.jpg"
        texts.append(form.format(url=url, title=title, n=n, clock=clock, image=image))
    return "".join(texts)


def menu(page: Page, form: str, current: str | None = None) -> str:
    """The sections. form: {url} {label}; current: as form, for the section of the page."""
    here = page.the.section if page.story else page.section
    return "".join(
        (current if current and each is here else form).format(
            url=escape(page.outlet.section_url(each)), label=escape(each.label)
        )
        for each in page.outlet.sections
    )


def cards(page: Page, form: str) -> list[str]:
    """The articles of a listing. form: any of {url} {title} {image} {date} {lead} {section} {writer}."""
    texts = []
    for each in page.shown:
        lead = " ".join(each.paragraphs[0].split()[:18])
        texts.append(
            form.format(
                url=escape(page.outlet.url(each)), title=escape(each.headline), image=page.image(each),
                date=page.date(each), lead=escape(lead), section=escape(each.section.label),
                writer=escape(each.authors[0] if each.authors else page.outlet.title),
            )
        )  # fmt: skip
    return texts


def pager(page: Page, form: str, current: str) -> str:
    """Links to the pages of a category. form: {url} {n}; current: {n}."""
    if page.section is None:
        return ""
    texts = []
    for n in range(1, page.pages + 1):
        url = escape(page.outlet.section_url(page.section, n))
        texts.append(current.format(n=n) if n == page.number else form.format(url=url, n=n))
    return "".join(texts)


def poll(page: Page, box: str, answer: str) -> str:
    """A question to readers. box: {question} {answers}; answer: {text}."""
    answers = "".join(answer.format(text=each) for each in page.several("vote", 3))
    return box.format(question=page.pick("poll"), answers=answers)


def comments(page: Page, form: str, most: int = 4) -> str:
    """What readers wrote. form: any of {nick} {text} {n}."""
    texts = page.several("comment", page.random.randint(0, most))
    return "".join(form.format(nick=page.pick("nick"), text=each, n=n) for n, each in enumerate(texts, 1))


def anew(page: Page, blocks: Sequence[Block] | None = None, *, agency: str | None = None) -> None:
    """Change the page's article, with its gold: other blocks, or another agency."""
    story = page.the
    new = replace(story, blocks=tuple(blocks or story.blocks), agency=agency or story.agency)
    page.outlet.stories[page.outlet.stories.index(story)] = new
    page.story = new


def shortened(page: Page) -> None:
    """Leave the first paragraph alone, as below a video."""
    anew(page, page.the.blocks[:1])


def share(page: Page, form: str) -> str:
    """Names of networks as the site prints them. form: {text}."""
    return "".join(form.format(text=page.out(each)) for each in ("Facebook", "X", "WhatsApp", "Telegram"))
