"""Deciding whether the response at an article's URL means that the article is absent. Pure."""

import re
from urllib.parse import urlsplit

from storage.records import Capture, Reason
from storage.urls import url_key

# The reasons that extraction returns for home pages. Any other reason there, such as a challenge, says nothing about
# the article.
_OF_HOME = (None, Reason.LISTING, Reason.STATIC, Reason.UNTITLED, Reason.VIDEO, Reason.NOT_ARABIC)
# The reasons of pages without an article that are not aimed at readers or crawlers. An article's page at its new URL
# may have them, too, if its design is unknown.
_OF_NOTHING = (Reason.STATIC, Reason.UNTITLED, Reason.EMPTY, Reason.NOT_ARABIC)
_HOME_PATH = re.compile(r"/?|/(?:index|default|home)(?:\.\w{2,5})?/?|/[a-z]{2}(?:[-_][a-zA-Z]{2})?/?")
REDIRECTED = frozenset({"home", "listing", "elsewhere"})


def missed_as(
    capture: Capture, reason: Reason | None, home: str | None, *, is_list: bool = False, is_shared: bool = False
) -> str | None:
    """The reason why the response at an article's URL means that the article is absent; None if it does not mean that.

    home: URL of the site's home page; None if unknown. is_list: whether the URL that answered is a known listing.
    is_shared: whether the URLs of other articles redirect there, too.
    """
    if reason in (Reason.NOT_FOUND, Reason.SOFT_404):
        return reason.value
    if capture.requested_url is None or capture.status >= 400:
        return None
    key, requested_key = url_key(capture.url), url_key(capture.requested_url)
    home_key = url_key(home) if home else None
    if requested_key in (key, home_key) or _is_home_path(capture.requested_url):
        return None
    if reason in _OF_HOME and (key == home_key or _is_home_path(capture.url, queried=True)):
        return "home"
    if reason is Reason.LISTING or (is_list and reason in _OF_NOTHING):
        return "listing"
    return "elsewhere" if is_shared and reason in _OF_NOTHING else None


def _is_home_path(url: str, *, queried: bool = False) -> bool:
    """Whether the path is that of a home page. queried: also with a query, such as "/?redirected=1"."""
    parts = urlsplit(url)
    return _HOME_PATH.fullmatch(parts.path) is not None and (queried or not parts.query)
