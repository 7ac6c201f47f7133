"""The names of facets as articles write them; the index holds sections, tags, authors and agencies folded only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, select, text

from storage.arabic import fold
from storage.db.schema import articles
from storage.filters import MAX_LABEL

_KINDS = {"section": ("section", "category"), "author": ("author",), "tag": ("tag",)}
_FIRST = """
select w.value as folded, (
    select l.article_id from labels l join articles a on a.id = l.article_id
    where l.kind = :kind and l.folded = w.value and a.status <> 'removed' order by l.article_id limit 1
) as article_id from {wanted}
"""
_FIRSTS = {
    "sqlite": text(_FIRST.format(wanted="json_each(:wanted) w")),
    "postgresql": text(_FIRST.format(wanted="unnest(cast(:wanted as text[])) w(value)")),
}
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_WRITTEN = select(articles.c.id, articles.c.section, articles.c.categories, articles.c.tags, articles.c.authors).where(
    articles.c.id.in_(_IDS)
)
_AGENCIES = select(articles.c.id, articles.c.agency).where(articles.c.id.in_(_IDS))


def label_names(connection: Connection, kind: str, folded: Sequence[str]) -> list[str]:
    """Sections, tags or authors as written in the first article with each; the folded name if no article has it."""
    named: dict[str, str] = {}
    for stored in _KINDS[kind]:
        firsts = _firsts(connection, stored, [each for each in folded if each not in named])
        rows = {row["id"]: row for row in connection.execute(_WRITTEN, {"ids": sorted(firsts.values())}).mappings()}
        for each, article_id in firsts.items():
            for name in _written(rows[article_id], stored):
                if fold(name)[:MAX_LABEL].strip() == each:
                    named[each] = " ".join(name.split())
                    break
    return [named.get(each, each) for each in folded]


def agency_names(connection: Connection, article_ids: Mapping[str, int]) -> dict[str, str]:
    """Agencies as articles write them. article_ids: an article of each agency, by the agency in lower case."""
    rows = connection.execute(_AGENCIES, {"ids": sorted(article_ids.values())})
    written = {row.id: row.agency or "" for row in rows}
    shown = {each: written.get(article_id, "") for each, article_id in article_ids.items()}
    return {each: name if name.lower() == each else each for each, name in shown.items()}


def _firsts(connection: Connection, kind: str, folded: Sequence[str]) -> dict[str, int]:
    """The first article with each label, by label; labels without articles are left out."""
    if not folded:
        return {}
    engine = connection.dialect.name
    wanted: Any = orjson.dumps(folded).decode() if engine == "sqlite" else list(folded)
    rows = connection.execute(_FIRSTS[engine], {"kind": kind, "wanted": wanted})
    return {row.folded: row.article_id for row in rows if row.article_id is not None}


def _written(row: Mapping[Any, Any], kind: str) -> Iterator[str]:
    if kind == "section":
        yield row["section"] or ""
    else:
        yield from row[{"category": "categories", "tag": "tags", "author": "authors"}[kind]]
