"""An article that was moved: found again at another address, it is the same article, and keeps its history. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from storage.arabic import tokens
from storage.records import Article
from storage.urls import url_key

_SHARED = 0.5  # of the words of the longer text: an edit keeps more, another article has fewer


def known_as(article: Article, held: Iterable[Mapping[Any, Any]]) -> Article:
    """The article under the URL that the archive knows it by.

    held: url, url_key, status and text of those that the archive has at the page's addresses. Where none of them is
    at the URL that the article gives itself (after a redirect, or under a new canonical URL), it is the one of which
    it shares most words.
    """
    held = list(held)
    if any(each["url_key"] == url_key(article.url) for each in held):
        return article
    moved = next((each for each in held if each["status"] != "removed" and _is_alike(each, article)), None)
    return replace(article, url=moved["url"]) if moved is not None else article


def _is_alike(held: Mapping[Any, Any], article: Article) -> bool:
    before, after = set(tokens(held["text"])), set(tokens(article.text))
    return len(before & after) > _SHARED * max(len(before), len(after))
