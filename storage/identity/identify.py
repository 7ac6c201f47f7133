"""Deciding which article a page shows: at its canonical URL, its own URL, or a URL by which the archive knows it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from storage.arabic import fold
from storage.db.schema import articles
from storage.identity import claims
from storage.identity.addresses import ShownPage, is_same_article, names_another
from storage.identity.grouping import group
from storage.identity.joining import are_one, join
from storage.identity.moves import under_known_url
from storage.identity.parting import note_parting, pages_of, part
from storage.identity.twins import twin_of
from storage.rows import tombstones
from storage.rows.articles import articles_at, articles_like
from storage.rows.prepared import PreparedArticle


@dataclass(frozen=True, slots=True)
class Address:
    """The URL that answered, and its key. also: keys of the URLs that redirected there."""

    url: str
    key: str
    also: Collection[str] = ()

    @property
    def keys(self) -> set[str]:
        """The keys of all these URLs."""
        return {self.key, *self.also}


@dataclass(frozen=True, slots=True)
class Identity:
    """The article of a page. article: under the URL by which the archive knows it.

    stated: under the URL that is believed for the page. held: the article's row; None: not in the archive.
    parted_from: a different article that had the page's canonical URL until now; None: there was none.
    twin: if the article is known from other URLs only, whether these still answer ("there") or not ("missing"); else
    None. joined: id of an article that was merged into it, and whether this run had saved that one as new; None: none.
    """

    article: PreparedArticle
    stated: PreparedArticle
    held: Mapping[Any, Any] | None
    parted_from: int | None = None
    twin: Literal["there", "missing"] | None = None
    joined: tuple[int, bool] | None = None


def believe(connection: Connection, article: PreparedArticle, at: Address, *, seen_at: datetime) -> PreparedArticle:
    """The article under its canonical URL, or under its page's own URL if the canonical one can't be believed.

    A canonical URL that proved false before, or that has another number than the page's, is believed only if its page
    was fetched and shows the same article. Otherwise the claim is recorded. seen_at: aware, of the capture.
    """
    if article.key in at.keys:
        return article
    claims.lock(connection, article.key)
    false = claims.is_false(connection, article.key)
    if not false and not names_another(article.key, at.key):
        return article
    columns = select(articles.c.title, articles.c.text, articles.c.url, articles.c.status)
    held = connection.execute(columns.where(articles.c.url_key == article.key)).first()
    if held is not None and not false:
        return article  # `identify` compares the two
    if not false and tombstones.is_of_own(connection, article.key):
        return article  # a removed article must not be saved under another URL
    shown = _shown(article, at)
    if held is not None and is_same_article(ShownPage(article.key, held.url, held.title, held.text), shown):
        return article
    if not false:
        _record(connection, article, at, "unproven", seen_at)
    return article.at(at.url, at.key)


def identify(
    connection: Connection, article: PreparedArticle, at: Address, *, seen_at: datetime, run_id: int | None = None
) -> Identity:
    """Decide which article a page shows, in the transaction that saves it. article: the result of `believe`.

    Where the archive has an article under the claimed URL that other pages show, with another headline and text, the
    claim is false: it is distrusted from now on, and what it had merged is parted. Where the page was known as another
    article than the one it claims, or the site shows the article at another address, too (`storage.identity.twins`),
    both are one. seen_at: aware, of the capture. run_id: of
    the run that saves it; None: no run does.
    """
    stated, parted_from = article, None
    held, alike = articles_like(connection, stated.row, at.key, at.keys)
    claimed = next((row for row in held if row["url_key"] == stated.key), None)
    if claimed is not None and not _is_credible(connection, stated, claimed, at):
        parted_from = claimed["id"]
        _record(connection, stated, at, "false", seen_at)
        part(connection, claimed["id"], at=seen_at)
        if stated.key not in at.keys:
            stated = stated.at(at.url, at.key)
        held = articles_at(connection, stated.key, at.keys)
    known = under_known_url(stated, held)
    row = next((row for row in held if row["url_key"] == known.key), None)
    if row is not None and row["id"] == parted_from:
        parted_from = None
    if parted_from is None and row is not None and row["status"] != "removed":
        own = next((each for each in held if each["url_key"] in at.keys and each["id"] != row["id"]), None)
        if own is not None and own["status"] != "removed" and are_one(connection, own, row, stated):
            return _as_one(connection, stated, (own, row), at, run_id)
    if parted_from is None and alike and (row is None or row["status"] != "removed"):
        return _as_twin(connection, Identity(known, stated, row), alike, at, run_id)
    return Identity(known, stated, row, parted_from)


def _as_twin(
    connection: Connection, identity: Identity, alike: Sequence[Mapping[Any, Any]], at: Address, run_id: int | None
) -> Identity:
    """The identity of a page whose article may have a twin. If the archive has both as articles, they are joined."""
    twin, row = twin_of(identity.stated.row, alike), identity.held
    if twin is None:
        return identity
    if row is None:
        known = identity.stated.at(twin["url"], twin["url_key"])
        return Identity(known, identity.stated, twin, twin="missing" if twin["is_missing"] else "there")
    return _as_one(connection, identity.stated, (twin, row), at, run_id)


def _as_one(
    connection: Connection,
    stated: PreparedArticle,
    both: tuple[Mapping[Any, Any], Mapping[Any, Any]],
    at: Address,
    run_id: int | None,
) -> Identity:
    """The identity of a page whose article the archive has as two, which are joined."""
    first_id, other_id, is_new = join(connection, *both, run_id=run_id)
    first = next(each for each in both if each["id"] == first_id)
    known = stated.at(first["url"], first["url_key"])
    now = next(each for each in articles_at(connection, known.key, at.keys) if each["id"] == first_id)
    return Identity(known, stated, now, joined=(other_id, is_new))


def note_identity(
    connection: Connection, identity: Identity, article_id: int, *, at: datetime, capture_id: int
) -> None:
    """Record the parting caused by the page, after its article was saved. article_id: of that article."""
    if identity.parted_from is not None:
        note_parting(connection, identity.parted_from, article_id, at=at, capture_id=capture_id)


def _is_credible(connection: Connection, stated: PreparedArticle, claimed: Mapping[Any, Any], at: Address) -> bool:
    """Whether the page may show the article at its canonical URL. claimed: that article's row."""
    is_own, renumbered = stated.key in at.keys, names_another(stated.key, at.key)
    if claimed["status"] == "removed" or claimed["content_sha256"] == stated.row["content_sha256"]:
        return True
    if not renumbered and fold(claimed["title"]) == fold(stated.row["title"]):
        return True
    before = pages_of(connection, claimed["id"])
    if not before:
        return True
    groups = group([*before, _shown(stated, at)])
    # If the group was never seen at the claimed URL itself, it proves nothing about that URL.
    return len(groups) == 1 and (is_own or not renumbered or any(each.key == stated.key for each in before))


def _shown(article: PreparedArticle, at: Address) -> ShownPage:
    return ShownPage(at.key, at.url, article.row["title"], article.row["text"])


def _record(
    connection: Connection, article: PreparedArticle, at: Address, verdict: claims.Verdict, seen_at: datetime
) -> None:
    url, site = article.row["url"], article.row["site"]
    claims.add(connection, article.key, url, page_key=at.key, site=site, verdict=verdict, found_at=seen_at)
