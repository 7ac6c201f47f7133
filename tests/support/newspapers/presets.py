"""Small newspapers on loopback in the markup of the themes and systems that Arabic sites use most: for whole crawls.

Each has two categories of seven stories, three on a page, and one story that both have; what differs is the markup of
lists and stories, and the way from one page of a list to the next.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote

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
    """One page of a list. path: of its first page; number: from 1; last: how many there are."""

    path: str
    number: int
    last: int
    at: Callable[[str, int], str]

    @property
    def following(self) -> str:
        """Path of the next page; empty on the last."""
        return self.at(self.path, self.number + 1) if self.number < self.last else ""


@dataclass(frozen=True)
class Preset:
    """One theme or system. name: of its preset, "" where it has none.

    mark: in every page's head; listed and story: how it writes the stories of a list, and one; turn: its way to the
    next page; at: the path of a list's page; path: of a story; piece: later pages are bare pieces of HTML.
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
        """Every page, by path and query."""
        found = {"/robots.txt": robots(""), "/": page(self._page("home", '<div class="hello">أهلا</div>'))}
        for section in SECTIONS:
            found |= {path: page(html) for path, html in self._list(section)}
        for story in STORIES:
            found[self.path(story.number)] = page(self._page("single single-post", self.story(story)))
        return found

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
    """A story's page. headline, date, body: their elements, with {} for what they hold; {at} is the machine's date."""

    def write(story: Story) -> str:
        at = story.published.isoformat()
        day = f"{story.published:%d/%m/%Y}"
        return f"<article>{headline.format(story.title)}{date.format(day, at=at)}{body.format(text(story))}</article>"

    return write


def theme(name: str) -> str:
    return f'<link rel="stylesheet" href="/wp-content/themes/{name}/style.css?ver=5"><meta property="og:type" content="article">'


def link(form: str) -> Callable[[Pages], str]:
    """A link in that form, with {} for the URL of the next page; nothing on the last page."""
    return lambda pages: form.format(pages.following) if pages.following else ""


def jannah_button(pages: Pages) -> str:
    return (
        f'<div class="pages-nav"><a id="load-more-archives" class="show-more-button load-more-button" href="#" '
        f'data-url="{pages.path}page/99999/" data-max="{pages.last}" data-page="{pages.number}">تحميل المزيد</a></div>'
    )


def queried(first: int, step: int, name: str) -> Callable[[str, int], str]:
    """Later pages by a number in the query."""
    return lambda path, number: path if number == 1 else f"{path}?{name}={first + (number - 2) * step}"


ENTRY = told(
    '<h1 class="entry-title">{}</h1>',
    '<time class="entry-date published" datetime="{at}">{}</time>',
    '<div class="entry-content">{}</div>',
)
PRESETS = {
    "jannah": Preset(
        "jannah",
        theme("jannah"),
        '<li class="post-item"><div class="post-details"><h2 class="post-title"><a href="{}">{}</a></h2></div></li>'.format,
        told(
            '<h1 class="post-title entry-title">{}</h1>',
            '<meta property="article:published_time" content="{at}">',
            '<div class="entry-content entry clearfix">{}</div>',
        ),
        jannah_button,
        '<div class="main-content"><ul id="posts-container" class="posts-items">{}</ul></div>',
    ),
    "sahifa": Preset(
        "sahifa",
        theme("sahifa"),
        '<article class="item-list"><h2 class="post-box-title"><a href="{}">{}</a></h2></article>'.format,
        told(
            '<div class="post-inner"><h1 class="name post-title entry-title"><span>{}</span></h1>',
            '<meta itemprop="datePublished" content="{at}">',
            '<div class="entry">{}</div></div>',
        ),
        link('<div class="pagination"><span id="tie-next-page"><a href="{}">&raquo;</a></span></div>'),
        '<div class="post-listing archive-box">{}</div>',
    ),
    "newspaper": Preset(
        "newspaper",
        theme("Newspaper"),
        '<div class="td_module_10 td_module_wrap"><h3 class="entry-title td-module-title"><a href="{}" rel="bookmark">{}</a></h3></div>'.format,
        told(
            '<div class="td-post-header"><h1 class="entry-title">{}</h1>',
            '<span class="td-post-date"><time class="entry-date" datetime="{at}">{}</time></span></div>',
            '<div class="td-post-content tagdiv-type">{}</div>',
        ),
        link(
            '<div class="page-nav td-pb-padding-side"><a href="{}" aria-label="next-page"><i class="td-icon"></i></a></div>'
        ),
        '<div class="td-ss-main-content">{}</div>',
    ),
    "newsmag, more by a form": Preset(
        "newspaper",
        theme("Newsmag"),
        '<div class="td_module_1 td_module_wrap"><h3 class="entry-title td-module-title"><a href="{}">{}</a></h3></div>'.format,
        told(
            '<div class="td-post-header"><h1 class="entry-title">{}</h1>',
            '<span class="td-post-date"><time class="entry-date" datetime="{at}">{}</time></span></div>',
            '<div class="td-post-content">{}</div>',
        ),
        lambda pages: '<div class="td-load-more-wrap"><a href="#" class="td_ajax_load_more">تحميل المزيد</a></div>',
        '<div class="td-ss-main-content">{}</div>',
    ),
    "jnews": Preset(
        "jnews",
        theme("jnews"),
        '<article class="jeg_post jeg_pl_md_2"><h3 class="jeg_post_title"><a href="{}">{}</a></h3></article>'.format,
        told(
            '<div class="entry-header"><h1 class="jeg_post_title">{}</h1>',
            '<div class="jeg_meta_date"><a href="#">{}</a></div></div><meta property="article:published_time" content="{at}">',
            '<div class="entry-content"><div class="content-inner">{}</div></div>',
        ),
        link('<div class="jeg_navigation jeg_pagination"><a class="page_nav next" href="{}">التالي</a></div>'),
        '<div class="jeg_main_content">{}</div>',
    ),
    "foxiz, more by a script": Preset(
        "foxiz",
        theme("foxiz"),
        '<div class="p-wrap p-grid"><h3 class="entry-title"><a class="p-url" href="{}">{}</a></h3></div>'.format,
        told(
            '<h1 class="s-title">{}</h1>',
            '<div class="single-meta"><time class="date published" datetime="{at}">{}</time></div>',
            '<div class="entry-content rbct">{}</div>',
        ),
        lambda pages: (
            '<div class="pagination-wrap pagination-loadmore"><a href="#" class="loadmore-trigger">عرض المزيد</a></div>'
        ),
        '<div class="block-inner">{}</div>',
    ),
    "pixwell": Preset(
        "foxiz",
        theme("pixwell"),
        '<div class="p-wrap post-grid-2"><h3 class="entry-title"><a class="p-url" href="{}">{}</a></h3></div>'.format,
        ENTRY,
        link('<div class="pagination-wrap pagination-number"><a class="next page-numbers" href="{}">›</a></div>'),
        '<div class="rbc-content">{}</div>',
    ),
    "publisher": Preset(
        "publisher",
        theme("publisher"),
        '<article class="listing-item type-post"><h2 class="title"><a class="post-url" href="{}">{}</a></h2></article>'.format,
        told(
            '<div class="single-post"><h1 class="single-post-title"><span class="post-title">{}</span></h1>',
            '<div class="post-meta"><span class="time"><time datetime="{at}">{}</time></span></div>',
            '<div class="entry-content single-post-content">{}</div></div>',
        ),
        link('<div class="pagination bs-links-pagination"><div class="older"><a href="{}">أقدم</a></div></div>'),
        '<div class="listing listing-blog">{}</div>',
    ),
    "blogger": Preset(
        "blogger",
        "<meta content='blogger' name='generator'/>",
        '<div class="post-outer"><div class="post hentry"><h3 class="post-title entry-title"><a href="{}">{}</a></h3></div></div>'.format,
        told(
            '<div class="post hentry"><h3 class="post-title entry-title">{}</h3>',
            '<span class="post-timestamp"><abbr class="published" title="{at}">{}</abbr></span>',
            '<div class="post-body entry-content">{}</div></div>',
        ),
        link("<div class='blog-pager' id='blog-pager'><a class='blog-pager-older-link' href='{}'>رسائل أقدم</a></div>"),
        '<div class="main section"><div class="blog-posts hfeed">{}</div></div>',
        at=lambda path, n: path if n == 1 else f"{path}?updated-max=2026-05-{30 - n}T08:00:00%2B03:00&max-results=3",
        path=lambda number: f"/2026/05/blog-post_{number}.html",
        list_path=lambda section: f"/search/label/{quote(SECTIONS[section])}",
    ),
    "drupal 10": Preset(
        "drupal",
        '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
        '<div class="views-row"><article class="node node--type-article"><h2 class="node__title"><a href="{}" rel="bookmark"><span>{}</span></a></h2></article></div>'.format,
        told(
            '<div class="region-content"><h1 class="page-title"><span class="field--name-title">{}</span></h1>',
            '<footer class="node__meta"><div class="node__submitted"><time datetime="{at}">{}</time></div></footer>',
            '<div class="node__content"><div class="field field--name-body">{}</div></div></div>',
        ),
        link(
            '<nav class="pager"><ul class="pager__items"><li class="pager__item pager__item--next"><a href="{}" rel="next">'
            '<span class="visually-hidden">الصفحة التالية</span><span aria-hidden="true">››</span></a></li></ul></nav>'
        ),
        '<div class="region region-content"><div class="view-content">{}</div></div>',
        at=queried(1, 1, "page"),
        path=lambda number: f"/ar/node/{9000 + number}",
        list_path=lambda section: f"/ar/{section}",
    ),
    "drupal 7": Preset(
        "drupal",
        '<meta name="Generator" content="Drupal 7 (http://drupal.org)">',
        '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{}">{}</a></span></div></div>'.format,
        told(
            '<div class="region region-content"><h1 class="page-header">{}</h1><div class="node node-article">',
            '<div class="submitted"><span property="dc:date dc:created" content="{at}">{}</span></div>',
            '<div class="field field-name-body"><div class="field-items"><div class="field-item">{}</div></div></div></div></div>',
        ),
        link('<ul class="pager"><li class="pager-next"><a title="Go to next page" href="{}">التالي ›</a></li></ul>'),
        '<div class="region region-content"><div class="view-content">{}</div></div>',
        at=queried(1, 1, "page"),
        path=lambda number: f"/content/{9000 + number}",
        list_path=lambda section: f"/news/{section}",
    ),
    "its own, by pieces": Preset(
        "",
        "",
        '<div class="story-card"><a class="story-link" href="{}"><b>{}</b></a></div>'.format,
        ENTRY,
        link('<button class="btn load-more" data-url="{}">المزيد من الأخبار</button>'),
        '<div class="story-list">{}</div>',
        at=lambda path, n: path if n == 1 else f"/ajax{path}?offset={(n - 1) * PER_PAGE}",
        piece=True,
    ),
    "its own, by offset": Preset(
        "",
        "",
        '<div class="tile"><a href="{}"><h4>{}</h4></a></div>'.format,
        ENTRY,
        link('<p class="bottom"><a href="{}">عرض المزيد</a></p>'),
        '<div class="tiles">{}</div>',
        at=queried(PER_PAGE, PER_PAGE, "offset"),
        list_path=lambda section: f"/section/{section}",
    ),
}
