"""WordPress's REST API: URLs of its lists of posts, and a parser of its responses.

Reference: https://developer.wordpress.org/rest-api/reference/posts/
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import orjson
from lxml.html import HtmlElement

from crawler.channels.entries import Entry, ListRules, entry_url

PAGE_SIZE = 100  # posts; WordPress allows no more
# The response has 0.1 % of the bytes of complete posts. Caches and firewalls of some sites answer only queries that
# they know; then the query without `_fields` is sent.
FIELDS_QUERY = "_fields=id,link,date_gmt,modified_gmt,content.protected"


@dataclass(frozen=True, slots=True)
class Posts:
    """One page of posts. count: number of posts on it, including those that gave no entry."""

    entries: tuple[Entry, ...]
    count: int


def read_posts(body: bytes, url: str, rules: ListRules) -> Posts | None:
    """Parse a page of posts, in its order; None if the bytes are no list of posts. Never raises."""
    try:
        listed = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(listed, list) or not all(isinstance(post, dict) for post in listed):
        return None
    parsed = [_entry(post, url, rules) for post in listed[: 10 * PAGE_SIZE]]
    entries = tuple(entry for entry in parsed if entry is not None)
    return None if listed and not entries else Posts(entries, len(listed))


def _entry(post: dict[str, Any], url: str, rules: ListRules) -> Entry | None:
    post_url = rules.url(url, _text(post.get("link")))
    if post_url is None:
        return None
    content = post.get("content")
    protected = isinstance(content, dict) and content.get("protected") is True
    published, modified = _text(post.get("date_gmt")), _text(post.get("modified_gmt"))
    entry = replace(rules, timezone="UTC").entry(post_url, published, modified, protected=protected)
    if entry.published_at is None or entry.published_raw is None:
        return entry
    local = entry.published_at.astimezone(ZoneInfo(rules.timezone))
    return replace(entry, published_at=local, published_precision="second")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def api_links(tree: HtmlElement, base_url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """The root URL of the REST API that a page links to in its head; a list of at most one."""
    for link in tree.cssselect('link[rel="https://api.w.org/"][href]'):
        url = entry_url(base_url, link.get("href"), is_ours)
        if url is not None:
            return [url]
    return []


def posts_url(api: str) -> str:
    """The URL of an API's posts, with the query for a full page. api: its root, or the URL of the posts."""
    parts = urlsplit(api)
    if "rest_route=" in parts.query:  # a WordPress without rewritten URLs
        return parts._replace(query=f"rest_route=/wp/v2/posts&per_page={PAGE_SIZE}").geturl()
    path = parts.path.rstrip("/").removesuffix("/wp/v2/posts")
    return parts._replace(path=f"{path}/wp/v2/posts", query=f"per_page={PAGE_SIZE}").geturl()


def monthly_archives(home: str, since: date, until: date) -> list[str]:
    """URLs of WordPress's monthly archives from `until` back to `since`: /2025/10/."""
    months = range(until.year * 12 + until.month - 1, since.year * 12 + since.month - 2, -1)
    return [urljoin(home.rstrip("/") + "/", f"{month // 12:04}/{month % 12 + 1:02}/") for month in months]
