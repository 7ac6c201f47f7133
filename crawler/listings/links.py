"""Links: the absolute URL of an anchor, without session ids, and whether it may be an article's."""

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

# Paths of listings and static pages, never of articles, in English and Arabic.
_NOT_ARTICLE = re.compile(
    r"/(?:category|categories|cat|tag|tags|topic|topics|author|authors|writer|writers|section|sections|page|search|feed|"
    r"rss|login|register|account|wp-login\.php|wp-admin|about|about-us|contact|contact-us|privacy|privacy-policy|terms|"
    r"advertise|sitemap|تصنيف|قسم|وسم|وسوم|كاتب|كتاب|الكاتب|اتصل-بنا|من-نحن|سياسة-الخصوصية)(?:/[^/]*)*/?$",
    re.IGNORECASE,
)
_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:p|id|nid|newsid|articleid)=\d+", re.IGNORECASE)
# Some sites put articles below a section's path; a number or a headline's many words distinguish them.
_ARTICLE_NAME = re.compile(r"\d{4}|(?:[^-_]+[-_]){3}|\.(?:s?html?|aspx?|php)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|docx?|xml|json|css|js|ico)$", re.IGNORECASE)
_LONGEST_URL = 2000  # browsers take more, but no newspaper needs it
# The same one to three path segments three times in a row; numbers may repeat, as in a date.
_REPEATED_PATH = re.compile(r"((?:/\d*[^/\d][^/]*){1,3})\1\1(?:/|$)")
_SESSION_NAME = re.compile(r"sess|sid|jsession|cfid|cftoken|zenid", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:(?:PHPSESSID|JSESSIONID|ASPSESSIONID\w*|ASP\.NET_SessionId|CFID|CFTOKEN|zenid|session_?id)=[^&]*"
    r"|(?:sid|sess|session|osCsid)=[0-9a-z]{16,})",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


def names_article(url: str) -> bool:
    """Whether the URL alone looks like an article's: dated, numbered, or named by a headline's many words."""
    path = unquote(urlsplit(url).path).rstrip("/")
    if _ARTICLE_QUERY.search(urlsplit(url).query):
        return True
    return not _NOT_ARTICLE.search(path) and _ARTICLE_NAME.search(path.rpartition("/")[2]) is not None


def link_url(anchor: HtmlElement, base_url: str) -> str | None:
    """The anchor's absolute http(s) URL without fragment and session; None for anything else, and for traps.

    A trap is a path that repeats itself ("/a/a/a/": a relative link that leads ever deeper), or a URL past 2,000
    characters.
    """
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base_url, href).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        return None
    return None if _REPEATED_PATH.search(parts.path) else _without_session(parts)


def _without_session(parts: SplitResult) -> str:
    """The URL without session ids, which give the same page a new URL each time."""
    query = parts.query
    if _SESSION_NAME.search(query):
        query = "&".join(piece for piece in query.split("&") if not _SESSION.fullmatch(piece))
    return parts._replace(path=_SESSION_PATH.sub("", parts.path), query=query).geturl()


def may_be_article(url: str, base_url: str) -> bool:
    """Whether the URL may be an article's: no home page, section, static page, file, or the listing itself."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if not path.strip("/") and not _ARTICLE_QUERY.search(parts.query):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    if _FILE.search(path) or (_NOT_ARTICLE.search(path) and not _ARTICLE_NAME.search(last)):
        return False
    return path.rstrip("/") != unquote(urlsplit(base_url).path).rstrip("/") or bool(parts.query)
