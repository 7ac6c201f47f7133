"""Renders a small newspaper in the markup of a preset: its stories, listings and articles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from tests.support.hostile import Answer, page, robots

PER_PAGE = 3


SECTIONS = {"local": "محليات", "world": "شؤون العالم"}


_SUBJECTS = ("الميناء الجديد", "السوق المركزي", "المكتبة العامة", "طريق الساحل", "محطة المياه", "المسرح البلدي")


@dataclass(frozen=True)
class Story:
    number: int
    sections: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"افتتاح {_SUBJECTS[self.number % 6]} بعد أعوام من العمل في مرحلته رقم {self.number}"

    @property
    def published(self) -> datetime:
        return datetime(2026, 5, 30, 6, 15, tzinfo=UTC) - timedelta(hours=9 * self.number)

    @property
    def paragraphs(self) -> list[str]:
        return [
            f"قال مدير المشروع رقم {self.number} إن الأعمال تسير وفق الخطة، وإن {part} ستنجز قبل نهاية العام، "
            "بعد أن وفرت الجهات المعنية ما يلزم من مواد وعمال."
            for part in ("المرحلة الأولى", "المرحلة الثانية", "أعمال الصيانة")
        ]


STORIES = [Story(n, ("local", "world") if n == 4 else (("local", "world")[n % 2],)) for n in range(13)]


@dataclass(frozen=True)
class Pages:
    """One page of a listing. path: of its first page; number: from 1; last: number of the last page."""

    path: str
    number: int
    last: int
    at: Callable[[str, int], str]

    @property
    def following(self) -> str:
        """The path of the next page; empty on the last."""
        return self.at(self.path, self.number + 1) if self.number < self.last else ""


@dataclass(frozen=True)
class Preset:
    """One theme or system. name: of its preset, "" where it has none.

    mark: markup in the head of every page. listed, story: write a story in a listing, and its page. turn: writes the
    link to the next page. at: the path of a listing page. path: of a story. piece: whether later pages are fragments of
    HTML.
    """

    name: str
    mark: str
    listed: Callable[[str, str], str]  # of path and title
    story: Callable[["Story"], str]
    turn: Callable[[Pages], str]
    around: str = "<main>{}</main>"
    at: Callable[[str, int], str] = lambda path, number: path if number == 1 else f"{path}page/{number}/"
    path: Callable[[int], str] = lambda number: f"/archives/{5000 + number}/"
    list_path: Callable[[str], str] = lambda section: f"/category/{section}/"
    piece: bool = False

    def answers(self) -> dict[str, Answer]:
        """Every page by path and query."""
        pages = {"/robots.txt": robots(""), "/": page(self._page("home", '<div class="hello">أهلا</div>'))}
        for section in SECTIONS:
            pages |= {path: page(html) for path, html in self._list(section)}
        for story in STORIES:
            pages[self.path(story.number)] = page(self._page("single single-post", self.story(story)))
        return pages

    def _list(self, section: str) -> Iterator[tuple[str, str]]:
        stories = [story for story in STORIES if section in story.sections]
        last = -(-len(stories) // PER_PAGE)
        for number in range(1, last + 1):
            shown = stories[(number - 1) * PER_PAGE : number * PER_PAGE]
            cards = "".join(self.listed(self.path(story.number), story.title) for story in shown)
            pages = Pages(self.list_path(section), number, last, self.at)
            body = self.around.format(cards) + self.turn(pages)
            bare = self.piece and number > 1
            yield self.at(pages.path, number), body if bare else self._page("archive category category-2", body)

    def _page(self, classes: str, main: str) -> str:
        menu = "".join(f'<li><a href="{self.list_path(path)}">{name}</a></li>' for path, name in SECTIONS.items())
        popular = "".join(f'<li><a href="{self.path(s.number)}">{s.title}</a></li>' for s in STORIES[:2])
        return (
            f'<!doctype html><html lang="ar" dir="rtl"><head><title>صحيفة الرصيف</title>{self.mark}</head>'
            f'<body class="rtl {classes}"><header><nav class="main-menu"><ul>{menu}</ul></nav></header>{main}'
            f'<aside class="sidebar widget-area"><ul>{popular}</ul></aside><footer id="footer">الحقوق محفوظة</footer></body></html>'
        )


def text(story: Story) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def told(headline: str, date: str, body: str) -> Callable[[Story], str]:
    """A function that writes a story's page.

    headline, date, body: markup of their elements, with {} for their content; {at} is the machine-readable date.
    """

    def write(story: Story) -> str:
        at = story.published.isoformat()
        day = f"{story.published:%d/%m/%Y}"
        return f"<article>{headline.format(story.title)}{date.format(day, at=at)}{body.format(text(story))}</article>"

    return write


def theme(name: str) -> str:
    return f'<link rel="stylesheet" href="/wp-content/themes/{name}/style.css?ver=5"><meta property="og:type" content="article">'


def link(form: str) -> Callable[[Pages], str]:
    """A function that writes a link in that form, with {} for the next page's URL; nothing on the last page."""
    return lambda pages: form.format(pages.following) if pages.following else ""


def jannah_button(pages: Pages) -> str:
    return (
        f'<div class="pages-nav"><a id="load-more-archives" class="show-more-button load-more-button" href="#" '
        f'data-url="{pages.path}page/99999/" data-max="{pages.last}" data-page="{pages.number}">تحميل المزيد</a></div>'
    )


def queried(first: int, step: int, name: str) -> Callable[[str, int], str]:
    """Paths of later pages by a number in the query."""
    return lambda path, number: path if number == 1 else f"{path}?{name}={first + (number - 2) * step}"
