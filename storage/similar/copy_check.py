"""Check the rows that are stored about copies against the articles: signatures, hashes, clusters."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from storage.db.schema import articles, copies, copy_changes, shingles, signatures
from storage.messages import message
from storage.similar.comparison import ALGORITHM

_WAITING = select(copy_changes.c.article_id)
_KEPT = articles.c.status != "removed"


def differences(connection: Connection) -> Iterator[tuple[int, str]]:
    """The articles whose rows about copies are wrong, in the connection's transaction: (article id, how).

    Missing and outdated signatures of articles in the copy log are not reported, nor clusters while it has any article:
    the next search for copies corrects them.
    """
    unsigned = select(articles.c.id).outerjoin_from(articles, signatures, signatures.c.article_id == articles.c.id)
    unsigned = unsigned.where(_KEPT, signatures.c.article_id.is_(None), articles.c.id.not_in(_WAITING))
    left = select(signatures.c.article_id).outerjoin_from(
        signatures, articles, (articles.c.id == signatures.c.article_id) & _KEPT
    )
    older = select(signatures.c.article_id).where(signatures.c.algorithm != ALGORITHM)
    signed = select(signatures.c.article_id)
    stray = select(shingles.c.article_id).where(shingles.c.article_id.not_in(signed)).distinct()
    cluster = (
        select(copies.c.first_id, func.min(copies.c.article_id).label("number"))
        .where(copies.c.first_id.is_not(None))
        .group_by(copies.c.first_id)
        .subquery()
    )
    numbered = (
        select(articles.c.id)
        .outerjoin_from(articles, copies, copies.c.article_id == articles.c.id)
        .outerjoin(cluster, cluster.c.first_id == copies.c.first_id)
        .where(articles.c.cluster.is_distinct_from(cluster.c.number), _KEPT)
    )
    waits = connection.scalar(_WAITING.limit(1)) is not None
    for statement, how in (
        (unsigned, message("has no signature")),
        (left.where(articles.c.id.is_(None)), message("has a signature, and is not in the archive")),
        (older.where(signatures.c.article_id.not_in(_WAITING)), message("has a signature of another algorithm")),
        (stray, message("has hashes without a signature")),
        *(() if waits else ((numbered, message("has another cluster than its copies")),)),
    ):
        for article_id in connection.scalars(statement.order_by(statement.selected_columns[0])):
            yield article_id, how
