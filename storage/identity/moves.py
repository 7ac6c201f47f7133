"""Moved articles: an article that appears at another URL is the same article and keeps its history. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from storage.identity.addresses import are_alike
from storage.rows.prepared import PreparedArticle


def under_known_url(article: PreparedArticle, held: Iterable[Mapping[Any, Any]]) -> PreparedArticle:
    """The article under the URL by which the archive knows it.

    held: url, url_key, status and text of the articles that the archive has at the page's URLs. If one of them has the
    article's stated URL, that stays. Otherwise (after a redirect, or with a new canonical URL) the article is the first
    of them that shares more than half of its words.
    """
    held = list(held)
    if any(row["url_key"] == article.key for row in held):
        return article
    moved = next(
        (row for row in held if row["status"] != "removed" and are_alike(row["text"], article.row["text"])), None
    )
    return article.at(moved["url"], moved["url_key"]) if moved is not None else article
