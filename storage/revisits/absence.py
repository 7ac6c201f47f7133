"""Whether the answer to an article's address means that the article is not there. Pure."""

import re
from urllib.parse import urlsplit

from storage.records import Capture, Reason
from storage.urls import url_key

# The reasons that extraction gives for home pages. Any other reason there, such as a challenge, tells nothing about
# the article.
_OF_HOME = (None, Reason.LISTING, Reason.STATIC, Reason.UNTITLED, Reason.VIDEO, Reason.NOT_ARABIC)
# Of pages without an article that say nothing about readers or crawlers. Those of an article at its new address may
# have them, too, where its design is not known.
_OF_NOTHING = (Reason.STATIC, Reason.UNTITLED, Reason.EMPTY, Reason.NOT_ARABIC)
_HOME_PATH = re.compile(r"/?|/(?:index|default|home)(?:\.\w{2,5})?/?|/[a-z]{2}(?:[-_][a-zA-Z]{2})?/?")
REDIRECTED = frozenset({"home", "listing", "elsewhere"})


def missed_as(
    capture: Capture, reason: Reason | None, home: str | None, *, is_list: bool = False, is_shared: bool = False
) -> str | None:
    """Why the answer to an article's URL means that the article is not there; None when it does not mean that.

    home: URL of the site's home page; None when it is not known. is_list: whether the crawl knows the URL that answered
    as a listing. is_shared: whether the addresses of other articles lead there, too.
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
    """Whether the path is that of a home page. queried: also with a query, as "/?redirected=1"."""
    parts = urlsplit(url)
    return _HOME_PATH.fullmatch(parts.path) is not None and (queried or not parts.query)
