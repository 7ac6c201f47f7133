"""Links: resolve an anchor to an absolute URL without session ids, and judge whether it may be an article's."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

# Paths of listings and static pages, never of articles, in English and Arabic.
_NOT_ARTICLE = re.compile(
    r"/(?:category|categories|cat|tag|tags|topic|topics|author|authors|writer|writers|section|sections|page|search|feed|"
    r"rss|login|register|account|wp-login\.php|wp-admin|about|about-us|contact|contact-us|privacy|privacy-policy|terms|"
    r"advertise|sitemap|تصنيف|قسم|وسم|وسوم|كاتب|كتاب|الكاتب|اتصل-بنا|من-نحن|سياسة-الخصوصية)(?:/[^/]*)*/?$",
    re.IGNORECASE,
)
# A number that no page of a list, day or picture's size has: "?p=7", "?news=48213", "?q=node/512".
_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:(?:p|id|nid|newsid|articleid)=\d+"
    r"|(?!(?:page\w*|paged|start|offset|limit|cat\w*|tag\w*|section\w*|year|month|day|date|w|width|h|height|ver?)=)"
    r"[a-z_]+=(?:[a-z]+/)?\d{3,})(?=&|$)",
    re.IGNORECASE,
)
# Some sites put articles below a section's path; a number or a headline's many words distinguish them.
_ARTICLE_NAME = re.compile(r"\d{4}|[^-_][-_](?:[^-_]+[-_]){2}|\.(?:s?html?|aspx?|php)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|docx?|xml|json|css|js|ico)$", re.IGNORECASE)
_LONGEST_URL = 2000  # browsers accept more, but no newspaper needs it
_LONGEST_REPEAT = 3  # path segments
_SESSION_NAME = re.compile(r"sess|sid|jsession|cfid|cftoken|zenid", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:(?:PHPSESSID|JSESSIONID|ASPSESSIONID\w*|ASP\.NET_SessionId|CFID|CFTOKEN|zenid|session_?id)=[^&]*"
    r"|(?:sid|sess|session|osCsid)=[0-9a-z]{16,})",
    re.IGNORECASE,
)
_CLEAN = re.compile(r"[^\s;]*")
_ABSOLUTE = re.compile(r"https?://[^/?#]")
_PLAIN = re.compile(r"https?://[^\s?#\x00-\x1f]+(?:\?[^\s#\x00-\x1f]+)?")  # URLs that urllib would not change
_ROOTED = re.compile(r"/(?!/)")
_BESIDE = re.compile(r"[\w%](?:[^:/]|/(?!/))*$")
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_SESSION_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def decoded_path(url: str) -> str:
    """The URL's path, its escapes decoded; bytes that are no UTF-8 are replaced.

    urllib's unquote decodes letter by letter, too slowly for a home page with hundreds of fully escaped Arabic URLs.
    """
    path = urlsplit(url).path
    return _ESCAPES.sub(_decoded, path) if "%" in path else path


def _decoded(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode("utf-8", "replace")


def names_article(url: str) -> bool:
    """Whether the URL alone looks like an article's.

    The evidence is an id in the query, or four digits in a row, many words or a page's extension in the last segment.
    """
    path = decoded_path(url).rstrip("/")
    if _ARTICLE_QUERY.search(urlsplit(url).query):
        return True
    return not _NOT_ARTICLE.search(path) and _ARTICLE_NAME.search(path.rpartition("/")[2]) is not None


def link_url(anchor: HtmlElement, base_url: str) -> str | None:
    """The anchor's absolute http(s) URL without fragment and session id; None for other links and for traps.

    A trap is a path that repeats itself ("/a/a/a/", from a relative link that adds a segment on each page), or a URL of
    more than 2,000 characters.
    """
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = _absolute(base_url, href).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        return None
    if _repeats_itself(parts.path):
        return None
    return url if not _may_have_session(parts) and _PLAIN.fullmatch(url) else _without_session(parts)


def _absolute(base_url: str, href: str) -> str:
    """The same result as urljoin, faster for the common forms of links. Raises ValueError where urljoin does."""
    if "/." not in href and _CLEAN.fullmatch(href):
        if _ABSOLUTE.match(href):
            return href
        if _ROOTED.match(href):
            return _place_of(base_url, "/") + href[1:]
        if _BESIDE.match(href):
            return _place_of(base_url, "./") + href
    return urljoin(base_url, href)


def _repeats_itself(path: str) -> bool:
    """Whether one to three segments occur three times in a row. Numbers may repeat, as in a date."""
    segments = path.split("/")[1:]
    for length in range(1, min(_LONGEST_REPEAT, len(segments) // 3) + 1):
        for start in range(len(segments) - 3 * length + 1):
            first = segments[start : start + length]
            if (
                first == segments[start + length : start + 2 * length]
                and first == segments[start + 2 * length : start + 3 * length]
                and not any(segment == "" or segment.isdecimal() for segment in first)
            ):
                return True
    return False


@lru_cache(maxsize=16)
def _place_of(base_url: str, href: str) -> str:
    return urljoin(base_url, href)


def without_session(url: str) -> str:
    """The absolute URL without session ids, which give one page many URLs. Raises ValueError for an invalid URL."""
    parts = urlsplit(url)
    return _without_session(parts) if _may_have_session(parts) else url


def _may_have_session(parts: SplitResult) -> bool:
    return ";" in parts.path or (parts.query != "" and _SESSION_NAME.search(parts.query) is not None)


def _without_session(parts: SplitResult) -> str:
    query = parts.query
    if _SESSION_NAME.search(query):
        query = "&".join(piece for piece in query.split("&") if not _SESSION.fullmatch(piece))
    return parts._replace(path=_SESSION_PATH.sub("", parts.path), query=query).geturl()


def may_be_article(url: str, base_url: str) -> bool:
    """Whether the URL may be an article's: no home page, section, static page, file, or the listing itself."""
    parts = urlsplit(url)
    path = decoded_path(url)
    if not path.strip("/") and not _ARTICLE_QUERY.search(parts.query):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    if _FILE.search(path) or (_NOT_ARTICLE.search(path) and not _ARTICLE_NAME.search(last)):
        return False
    return path.rstrip("/") != decoded_path(base_url).rstrip("/") or bool(parts.query)
