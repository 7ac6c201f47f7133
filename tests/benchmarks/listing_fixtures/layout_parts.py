"""Parts of a layout: invented headlines with their URLs, the list itself, and everything around it."""

from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

from tests.benchmarks.fixtures.stories import headlines

HOME = "https://news.example"


SECTIONS = ("محليات", "سياسة", "اقتصاد", "رياضة", "ثقافة")


@dataclass(frozen=True, slots=True)
class Link:
    """One article as a listing names it."""

    url: str
    title: str


class Press:
    """Generates headlines and URLs, each once, in the form of a site's URLs."""

    def __init__(self, shape: str) -> None:
        self._shape = shape
        self._numbers = count(48_210)
        self._titles = iter(f"{title}{more}" for more in ("", ": التفاصيل", " (محدّث)") for title in headlines())

    def take(self, number: int) -> list[Link]:
        return [self._link() for _ in range(number)]

    def _link(self) -> Link:
        number, title = next(self._numbers), next(self._titles)
        slug = quote("-".join(title.split()))
        return Link(HOME + self._shape.format(n=number, slug=slug, section="local"), title)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a layout: the list itself, and the articles of everything around it."""

    cards: list[Link]
    ticker: list[Link]
    mega: list[Link]
    slider: list[Link]
    side: list[Link]
    foot: list[Link]


def each(links: list[Link], form: str) -> str:
    return "\n".join(form.format(url=link.url, title=link.title, n=n) for n, link in enumerate(links, 1))


def menu(parts: Parts, *, item: str = "menu-item") -> str:
    entries = "".join(
        f'<li class="{item}"><a href="{HOME}/category/{quote(s)}/">أخبار {s} والمنوعات</a></li>' for s in SECTIONS
    )
    mega = each(
        parts.mega, '<li><a href="{url}"><img src="/i/{n}.jpg" alt=""></a><h4><a href="{url}">{title}</a></h4></li>'
    )
    return f'<ul class="main-menu">{entries}<li class="mega-menu"><ul class="sub-menu">{mega}</ul></li></ul>'
