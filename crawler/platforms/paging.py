"""The next, older page of a listing: by rel, by the theme's selector, by number, by words, or by load-more data."""

import re
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.platforms.links import link_url

# What Arabic themes print on the link to the next, older page. Compared whole, after the arrows are taken off.
_NEXT_WORDS = frozenset(
    (
        "التالي",
        "التالى",
        "الصفحة التالية",
        "الصفحه التاليه",
        "التالية",
        "المزيد",
        "عرض المزيد",
        "تحميل المزيد",
        "أقدم",
        "الأقدم",
        "أقدم المقالات",
        "المقالات الأقدم",
        "مقالات أقدم",
        "مواضيع أقدم",
        "التدوينات الأقدم",
        "رسائل أقدم",
        "next",
        "next page",
        "older",
        "older posts",
    )
)
_ARROWS = "«»‹›<>←→⟵⟶▸▶◂◀ \t\n\r\u200e\u200f"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PAGER = re.compile(r"(?:pag(?:e|er|ination|es)|nav-links|wp-pagenavi)", re.IGNORECASE)
_PAGE_PATH = re.compile(r"/page/(\d+)/?$")
_PAGE_QUERY = re.compile(r"(?:^|&)(page|p|pg|paged|pageindex|pageno)=(\d+)", re.IGNORECASE)


def next_page(tree: HtmlElement, base_url: str, *, selector: str) -> str | None:
    """Absolute URL of the next page; None on the last. Never the page itself, never another host."""
    finders = (_by_rel, lambda t, u: _by_selector(t, u, selector), _by_number, _by_words, _by_load_more)
    for find in finders:
        url = find(tree, base_url)
        if url is not None and _leads_on(url, base_url):
            return url
    return None


def _leads_on(url: str, base_url: str) -> bool:
    here, there = urlsplit(base_url), urlsplit(url)
    same_page = unquote(here.path).rstrip("/") == unquote(there.path).rstrip("/") and here.query == there.query
    return here.hostname == there.hostname and not same_page and page_number(url) >= page_number(base_url)


def page_number(url: str) -> int:
    """The page that the URL itself names (`/page/3/`, `?page=3`); 1 when it names none."""
    parts = urlsplit(url)
    found = _PAGE_PATH.search(parts.path)
    if found:
        return int(found[1][:9])
    query = _PAGE_QUERY.search(parts.query)
    return int(query[2][:9]) if query else 1


def _by_rel(tree: HtmlElement, base_url: str) -> str | None:
    for link in tree.cssselect("link[rel~=next][href]"):
        return link_url(link, base_url)
    # A bare rel=next on an article's "next post" link is no paging: only within a pager.
    for anchor in tree.cssselect("a[rel~=next][href]"):
        if _in_pager(anchor):
            return link_url(anchor, base_url)
    return None


def _by_selector(tree: HtmlElement, base_url: str, selector: str) -> str | None:
    if not selector:
        return None
    for anchor in tree.cssselect(selector):
        return link_url(anchor, base_url)
    return None


def _by_number(tree: HtmlElement, base_url: str) -> str | None:
    """The pager's link whose text is this page's number and one."""
    wanted = str(page_number(base_url) + 1)
    for anchor in tree.iter("a"):
        text = " ".join(anchor.text_content().translate(_DIGITS).split())
        if text in (wanted, f"صفحة {wanted}") and _in_pager(anchor):
            return link_url(anchor, base_url)
    return None


def _by_words(tree: HtmlElement, base_url: str) -> str | None:
    for anchor in tree.iter("a"):
        words = " ".join(anchor.text_content().split()).strip(_ARROWS).casefold()
        if words in _NEXT_WORDS and (_in_pager(anchor) or page_number(link_url(anchor, base_url) or "") > 1):
            return link_url(anchor, base_url)
    return None


def _by_load_more(tree: HtmlElement, base_url: str) -> str | None:
    """A load-more button that tells how many pages there are: WordPress serves each as /page/N/ as well.

    Jannah: a#load-more-archives[data-url, data-max]; its data-url holds a page number to be replaced.
    """
    for button in tree.cssselect("[data-max], [data-max-pages], [data-maxpages]"):
        most = button.get("data-max") or button.get("data-max-pages") or button.get("data-maxpages") or ""
        following = page_number(base_url) + 1
        if most.isdecimal() and following <= int(most[:9]):
            return _numbered(button.get("data-url") or base_url, base_url, following)
    return None


def _numbered(pattern: str, base_url: str, number: int) -> str:
    parts = urlsplit(urljoin(base_url, pattern))
    path = _PAGE_PATH.sub("", parts.path).rstrip("/")
    return parts._replace(path=f"{path}/page/{number}/", fragment="").geturl()


def _in_pager(anchor: HtmlElement) -> bool:
    for around in (anchor, *list(anchor.iterancestors())[:4]):
        if _PAGER.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
            return True
    return False
