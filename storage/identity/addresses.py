"""Rules for judging the canonical URL that a page states. Pure: works on URLs and texts only.

A canonical URL is only a claim. Sites print their category there, the first article's URL, a script without its
number, or a log-in page. Believing such a claim would turn different articles into versions of one article.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from storage.arabic import fold, tokens
from storage.urls import url_key

_SHARED = 0.5  # of the words of the longer text: an edit shares more of them, another article fewer
_SEVERAL = re.compile(r"[\s,;|](?:https?:)?//", re.IGNORECASE)
_LOGIN = re.compile(r"/(?:wp-)?(?:log-?in|sign-?in|register|تسجيل-الدخول)(?:[./]|$)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:([-/_.])\d{1,2}(?=\1|[/?]|$)(?:\1\d{1,2}(?=\1|[/?]|$))?)?")
_SCRIPT = re.compile(r"\.(?:s?html?|aspx?|php|jsp|cgi|cms)$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_SLUG_WORDS = 3  # sections have fewer
_LONG_NUMBER = 4  # digits: shorter numbers count pages, parts and sections, too


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A headline and text that a page showed. key, url: of the page."""

    key: str
    url: str
    title: str
    text: str


def can_lead_to_article(claimed: str, own: str) -> bool:
    """Whether the claimed URL may be that of the article at the page's own URL, judged by the two URLs only.

    It can't be if it contains several URLs, is a log-in page, redirects back to another page, or identifies no article,
    since it has no number, no slug, and not the last part of the page's own path.
    """
    key, own_key = url_key(claimed), url_key(own)
    if key == own_key:
        return True
    (path, query), (own_path, own_query) = _path_and_query(key), _path_and_query(own_key)
    if _SEVERAL.search(unquote(claimed)) or _LOGIN.search(path) or ("/" in query and "/" not in own_query):
        return False
    last = _last_segment(path)
    if _numbers(key) or _is_slug(last):
        return True
    # "/show.php" for "/show.php?id=2": only the number identifies the article.
    return bool(last) and last == _last_segment(own_path) and (own_path != path or not _numbers(own_key))


def names_another(key: str, other: str) -> bool:
    """Whether the URLs of two keys differ in their number only: "/news/1" and "/news/2"."""
    if key == other:
        return False
    first, second = _DATE.sub("", key), _DATE.sub("", other)
    number, other_number = re.search(r"\d+", first.partition("/")[2]), re.search(r"\d+", second.partition("/")[2])
    if number is None or other_number is None or set(_numbers(key)) & set(_numbers(other)):
        return False
    return first.partition("/")[2][: number.start()] == second.partition("/")[2][: other_number.start()]


def is_same_article(one: ShownPage, other: ShownPage) -> bool:
    """Whether two pages that claim one URL show the same article: the same headline, or mostly the same words.

    If the numbers in their URLs differ, both are required. If they share a long number or a slug, neither is required,
    since a page may be edited before the other one is fetched.
    """
    if _share_name(one.key, other.key):
        return True
    titled = fold(one.title) == fold(other.title)
    if names_another(one.key, other.key):
        return titled and are_alike(one.text, other.text)
    return titled or are_alike(one.text, other.text)


def are_alike(text: str, other: str) -> bool:
    """Whether two texts share more than half of their words."""
    before, after = set(tokens(text)), set(tokens(other))
    return len(before & after) > _SHARED * max(len(before), len(after))


def share_name(key: str, other: str) -> bool:
    """Whether two keys identify one article in different sections: /politics/123-x and /sport/123-x.

    They do if their longest numbers, of at least four digits, are the same; or if the last part of the path, with a
    number or two words, and all other numbers are the same.
    """
    if _share_name(key, other):
        return True
    numbers, others = _numbers(key), _numbers(other)
    longest = max(map(len, (*numbers, *others)), default=0)
    if longest >= _LONG_NUMBER:
        return {each for each in numbers if len(each) == longest} == {each for each in others if len(each) == longest}
    last = _last_segment(_path_and_query(key)[0])
    is_name = any(char.isdigit() for char in last) or len(_WORDS.findall(last)) > 1
    return is_name and set(numbers) == set(others) and last == _last_segment(_path_and_query(other)[0])


def _share_name(key: str, other: str) -> bool:
    if key == other:
        return True
    numbers = set(_numbers(key))
    if numbers == set(_numbers(other)) and any(len(number) >= _LONG_NUMBER for number in numbers):
        return True
    last = _last_segment(_path_and_query(key)[0])
    return _is_slug(last) and last == _last_segment(_path_and_query(other)[0])


def _path_and_query(key: str) -> tuple[str, str]:
    path, _, query = key.partition("?")
    return f"/{path.partition('/')[2]}", query


def _numbers(key: str) -> list[str]:
    """The numbers in path and query that are not part of a date."""
    return re.findall(r"\d+", _DATE.sub("", "?".join(_path_and_query(key))))


def _is_slug(segment: str) -> bool:
    return len(_WORDS.findall(segment)) >= _SLUG_WORDS


def _last_segment(path: str) -> str:
    return _SCRIPT.sub("", path.rpartition("/")[2]).lower()
