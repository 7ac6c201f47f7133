"""Menus: find the categories of a site in the menus of its home page."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.html.css import select
from crawler.html.home_words import is_home_name
from crawler.listings.links import decoded_path, link_url
from crawler.listings.paging import in_pager

_MENU = "nav a[href], header a[href], [role=navigation] a[href], [class*=menu] a[href], [id*=menu] a[href]"
# The classes that WordPress sets on menu entries and widget items that are categories, with any permalinks.
_WORDPRESS_CATEGORY = "li.menu-item-object-category > a[href], li.cat-item > a[href]"
_CATEGORY_PATH = re.compile(
    r"/(?:category|categories|cat|section|sections|topics?|تصنيف|قسم|اقسام|أقسام)/[^/]", re.IGNORECASE
)

# Menu entries that are no category beside the home page: static pages, accounts, media pages.
_STATIC_NAMES = re.compile(
    r"^(?:ال)?(?:من نحن|عن .*|حول .*|اتصل بنا|إ?اتصلوا بنا|تواصل معنا|"
    r"راسلنا|هي[ئأ]ة التحرير|سياس[ةه] .*|شروط .*|أعلن معنا|اعلن معنا|للإعلان.*|إعلانات|وظائف|أرشيف|بحث|دخول|تسجيل.*|"
    r"اشترك.*|البث المباشر|بث مباشر|خريط[ةه] الموقع|تطبيقات.*|rss|about.*|contact.*|privacy.*|english|français|"
    r"login|search|live)$",
    re.IGNORECASE,
)
_ARTICLE_PATH = re.compile(r"/(?:19|20)\d\d/\d{1,2}(?:/|$)|\d{5,}|\.(?:pdf|xml|jpe?g|png)$")
_MOST_SEGMENTS = 3  # /section/sub/name; deeper paths are articles
_MOST_CATEGORIES = 60


def category_urls(tree: HtmlElement, base_url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """URLs of the categories that the page's menus name, in menu order, each once, at most 60.

    Where a site marks its categories, by WordPress's menu classes or /category/ paths, only these are returned; else
    every menu entry that is not the home page, a static page or an article.
    """
    marked, menu = (
        [url for a in select(tree, selector) if (url := link_url(a, base_url)) and is_ours(url) and _is_entry(a, url)]
        for selector in (_WORDPRESS_CATEGORY, _MENU)
    )
    by_path = [url for url in menu if _CATEGORY_PATH.search(decoded_path(url))]
    return list(dict.fromkeys([*marked, *by_path] or menu))[:_MOST_CATEGORIES]


def _is_entry(anchor: HtmlElement, url: str) -> bool:
    """Whether a link may go to a category, by its text and URL."""
    name = " ".join(anchor.text_content().split())
    if not name or is_home_name(name) or _STATIC_NAMES.match(name):
        return False
    path = decoded_path(url).strip("/")
    segments = [segment for segment in path.split("/") if segment]
    if not segments and not urlsplit(url).query:
        return False
    if len(segments) > _MOST_SEGMENTS or _ARTICLE_PATH.search("/" + path):
        return False
    return not in_pager(anchor)  # the home page's own next pages are no categories
