"""Pages that show the same text in place of different articles: a notice, a consent form, another article.

A text that the URLs of several articles show is no edit of any of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.arabic import tokens
from storage.db.schema import articles, versions
from storage.identity.addresses import ShownPage, is_same_article

_SHARED = 0.5  # of the words of the shorter text; a report that grew from a line or two shares more
_MOST = 500  # hashes in one query


@dataclass(frozen=True, slots=True)
class Replaced:
    """An article whose page shows less than half of its words. before: the archived state.

    content_sha256: of the headline and text on the page. unrelated: to the text before, by `is_unrelated`.
    """

    article_id: int
    before: ShownPage
    content_sha256: str
    unrelated: bool


def is_unrelated(text: str, other: str) -> bool:
    """Whether two texts share at most half of the words of the shorter one. An edited article shares more."""
    before, after = set(tokens(text)), set(tokens(other))
    return len(before & after) <= _SHARED * min(len(before), len(after))


def repeated(replaced: Sequence[Replaced], elsewhere: Mapping[str, Collection[tuple[int, ShownPage]]]) -> set[int]:
    """The indexes of the articles whose new text also replaces a different article, or is another article's text.

    Among those with the same new text at least one must be unrelated to it, since two reports may grow into the same
    one. elsewhere: by content_sha256, the articles that have or had that text: pairs of id and each of their texts.
    """
    by_text: dict[str, list[int]] = {}
    for position, each in enumerate(replaced):
        by_text.setdefault(each.content_sha256, []).append(position)
    out: set[int] = set()
    for shown, positions in by_text.items():
        unrelated = [position for position in positions if replaced[position].unrelated]
        if not unrelated:
            continue
        first = replaced[unrelated[0]]
        # Copies of one article may be edited alike.
        if any(not is_same_article(first.before, replaced[position].before) for position in positions):
            out.update(positions)
            continue
        others: dict[int, list[ShownPage]] = {}
        for article_id, page in elsewhere.get(shown, ()):
            others.setdefault(article_id, []).append(page)
        for position in positions:
            others.pop(replaced[position].article_id, None)
        if any(not any(is_same_article(first.before, page) for page in pages) for pages in others.values()):
            out.update(unrelated)
    return out


def shown_elsewhere(connection: Connection, site: str, hashes: Iterable[str]) -> dict[str, list[tuple[int, ShownPage]]]:
    """The articles of the site that have one of these texts, or had it after an edit, with all their texts.

    hashes: content_sha256 of headlines and texts. Removed articles have no texts.
    """
    wanted = sorted(set(hashes))
    having: dict[int, set[str]] = {}
    for start in range(0, len(wanted), _MOST):
        some = wanted[start : start + _MOST]
        mine = articles.c.site == site, articles.c.status != "removed"
        current = select(articles.c.id, articles.c.content_sha256).where(*mine, articles.c.content_sha256.in_(some))
        edited = (
            select(articles.c.id, versions.c.content_sha256)
            .join_from(versions, articles, articles.c.id == versions.c.article_id)
            .where(*mine, versions.c.number > 1, versions.c.content_sha256.in_(some))
        )
        for row in (*connection.execute(current), *connection.execute(edited)):
            having.setdefault(row.id, set()).add(row.content_sha256)
    out: dict[str, list[tuple[int, ShownPage]]] = {}
    ids = sorted(having)
    for start in range(0, len(ids), _MOST):
        columns = versions.c.article_id, articles.c.url_key, articles.c.url, versions.c.title, versions.c.text
        texts = select(*columns).join_from(versions, articles, articles.c.id == versions.c.article_id)
        for row in connection.execute(texts.where(versions.c.article_id.in_(ids[start : start + _MOST]))):
            page = ShownPage(row.url_key, row.url, row.title, row.text)
            for shown in having[row.article_id]:
                out.setdefault(shown, []).append((row.article_id, page))
    return out
