"""Copies of an article, articles that share words with a text, and articles on the same story in other words."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from storage.db.database import read_transaction
from storage.db.schema import articles, copies, signatures, sites
from storage.queries.article_queries import article_id_of
from storage.records import local_json
from storage.similar import signature_rows
from storage.similar.comparable_text import comparable
from storage.similar.comparison import compared
from storage.similar.copy_rows import CopyRow, rows_of
from storage.similar.derivation import Derivation
from storage.similar.related import MOST as MOST_RELATED
from storage.similar.related import related
from storage.similar.signatures import signature

MOST = 200  # articles in a result
DAYS = timedelta(days=3)  # between an article and possibly related ones
MOST_READ = 1_000  # of these articles, the nearest in time
_LONGEST = 5_000  # characters of a text that are compared
_ABOUT = (
    articles.c.id,
    articles.c.url,
    articles.c.site,
    sites.c.title.label("newspaper"),
    articles.c.title,
    articles.c.published_at,
    articles.c.published_offset,
    articles.c.published_precision,
)


def copies_of(engine: Engine, ref: str | int) -> dict[str, Any] | None:
    """The sources and copies of an article; None if there is no such article.

    article, source, also, first: {id, url, site, newspaper, title, published_at}, or None. relation: wholly, partly or
    none; share: of its 2-word shingles, those that the source has. cluster: its number, or None. credits: agencies that
    it names as its origin. quotations: that both it and its sources contain, folded. copies: the other articles of the
    cluster, and those that contain a part of this one, the earliest first: fields as above, with relation and share, to
    the article source_id. At most MOST copies; total: their number.
    """
    with read_transaction(engine) as connection:
        article_id = article_id_of(connection, ref)
        cluster = select(articles.c.cluster).where(articles.c.id == article_id, articles.c.status != "removed")
        cluster_row = connection.execute(cluster).first()
        if article_id is None or cluster_row is None:
            return None
        row = rows_of(connection, [article_id]).get(article_id, CopyRow(Derivation()))
        others = _others(connection, article_id, row)
        kept = rows_of(connection, others)
        derivation = row.derivation
        about = _about(connection, {article_id, derivation.source, derivation.also, row.first_id, *others})
        credited = connection.scalar(select(signatures.c.credits).where(signatures.c.article_id == article_id))
    listed = sorted((about[each] for each in others if each in about), key=lambda each: (each["at"], each["id"]))
    return {
        "article": _shown(about.get(article_id)),
        "relation": derivation.relation,
        "share": round(derivation.share, 4),
        "source": _shown(about.get(derivation.source)),
        "also": _shown(about.get(derivation.also)),
        "first": _shown(about.get(row.first_id)),
        "cluster": cluster_row.cluster,
        "credits": list(credited or ()),
        "quotations": list(derivation.quotations),
        "total": len(listed),
        "copies": [
            {
                **(_shown(each) or {}),
                "relation": kept[each["id"]].derivation.relation,
                "source_id": kept[each["id"]].derivation.source,
                "share": round(kept[each["id"]].derivation.share, 4),
            }
            for each in listed[:MOST]
        ],
    }


def similar_to_text(engine: Engine, text: str) -> list[dict[str, Any]]:
    """Articles of any time that share words with a text, the largest share first.

    Each as in `copies_of`, with relation and share of the text to the article, and of the article to the text: back
    {relation, share}.
    """
    with read_transaction(engine) as connection:
        ids = signature_rows.candidates_of_text(connection, signature(text))
        about = _about(connection, ids)
        texts = dict(connection.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(about))).all())
    asked = comparable(text)
    given = []
    for each, record in about.items():
        held = comparable(texts[each])
        there, back = compared(asked, held), compared(held, asked)
        if (there.relation, back.relation) != ("none", "none"):
            match = {"relation": there.relation, "share": round(there.share, 4)}
            back_told = {"relation": back.relation, "share": round(back.share, 4)}
            given.append({**(_shown(record) or {}), **match, "back": back_told})
    return sorted(given, key=lambda each: (-each["share"], each["id"]))


def related_to(engine: Engine, ref: str | int) -> list[dict[str, Any]]:
    """Articles that may report an article's story in other words, the most similar first; without copies and sources.

    At most `related.MOST`, among the MOST_READ nearest articles within DAYS. Each as in `copies_of`, with a score from
    0 to 1, comparable within one result only.
    """
    with read_transaction(engine) as connection:
        article_id = article_id_of(connection, ref)
        at = connection.scalar(select(signatures.c.at).where(signatures.c.article_id == article_id))
        if article_id is None or at is None:
            return []
        text = func.substr(articles.c.text, 1, _LONGEST)
        wanted = articles.c.id.in_([article_id, *_beside(connection, article_id, at)])
        rows = connection.execute(select(articles.c.id, text).where(wanted, articles.c.status != "removed"))
        stems = {number: comparable(body).stems for number, body in rows}
        row = rows_of(connection, [article_id]).get(article_id, CopyRow(Derivation()))
        known = {row.derivation.source, row.derivation.also, *_others(connection, article_id, row)}
        ranked = related(stems.pop(article_id, frozenset()), stems, most=None)
        nearest = [(each, score) for each, score in ranked if each not in known][:MOST_RELATED]
        about = _about(connection, [each for each, _ in nearest])
    return [{**(_shown(about.get(each)) or {}), "score": round(score, 4)} for each, score in nearest]


def _beside(connection: Connection, article_id: int, at: datetime) -> Iterator[int]:
    """The articles published closest in time to this one, before and after it."""
    published = signatures.c.at
    for side, order in (
        (published.between(at - DAYS, at), published.desc()),
        (published.between(at, at + DAYS), published),
    ):
        nearest = select(signatures.c.article_id).where(side, signatures.c.article_id != article_id).order_by(order)
        yield from connection.scalars(nearest.limit(MOST_READ // 2))


def _others(connection: Connection, article_id: int, row: CopyRow) -> set[int]:
    """The other articles of its cluster, and those that have this one as a source."""
    mine = [copies.c.source_id == article_id, copies.c.also_id == article_id]
    if row.first_id is not None:
        mine.append(copies.c.first_id == row.first_id)
    return set(connection.scalars(select(copies.c.article_id).where(or_(*mine)))) - {article_id}


def _about(connection: Connection, ids: Iterable[int | None]) -> dict[int | None, dict[str, Any]]:
    wanted = [each for each in ids if each is not None]
    statement = (
        select(*_ABOUT, signatures.c.at)
        .select_from(
            articles.join(sites, sites.c.name == articles.c.site).outerjoin(
                signatures, signatures.c.article_id == articles.c.id
            )
        )
        .where(articles.c.id.in_(wanted), articles.c.status != "removed")
    )
    return {row["id"]: dict(row) for row in connection.execute(statement).mappings()}


def _shown(record: dict[str, Any] | None) -> dict[str, Any] | None:
    if record is None:
        return None
    shown = {name: record[name] for name in ("id", "url", "site", "newspaper", "title")}
    published = local_json(record["published_at"], record["published_offset"], record["published_precision"])
    return {**shown, "published_at": published}
