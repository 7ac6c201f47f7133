"""Signs of the home page: the text of links to it, the path of its URL, and the class of its body."""

import re
from urllib.parse import unquote, urlsplit

from crawler.html.spelling import comparable

# Comparable, with ه for ة.
NAMES = frozenset(
    {
        *("الرئيسيه", "رئيسيه", "الصفحه الرئيسيه", "صفحه الرئيسيه", "البدايه"),
        *("home", "home page", "homepage", "accueil"),
    }
)
_TRAIL = "الرئيسيه "  # the beginning of a breadcrumb
_PATH = re.compile(r"/*(?:(?:ar|arabic)/+)?(?:(?:ar|arabic|home|index|default|main)(?:\.\w{3,5})?)?/*", re.IGNORECASE)
_BODY_CLASS = re.compile(r"(?:^|\s)(?:home|homepage|home-page|front|front-page|is-home)(?:$|\s)", re.IGNORECASE)


def _name(text: str) -> str:
    return comparable(text).replace("ة", "ه")


def is_home_name(text: str) -> bool:
    """Whether a link or label of this text names the home page."""
    return _name(text) in NAMES


def begins_breadcrumb(line: str) -> bool:
    """Whether a line begins like a breadcrumb: with the home page's name and more words."""
    return _name(line).startswith(_TRAIL)


def is_home_path(path: str) -> bool:
    """Whether the path of a URL is a home page's: "/", "/ar/", "/index.php". A query is not considered."""
    return _PATH.fullmatch(unquote(path)) is not None


def is_home_url(url: str) -> bool:
    """Whether a URL is a home page's, by its path, and has no query."""
    parts = urlsplit(url)
    return not parts.query and is_home_path(parts.path)


def is_home_class(names: str) -> bool:
    """Whether the class of a page's body says that it is the home page."""
    return _BODY_CLASS.search(names) is not None
