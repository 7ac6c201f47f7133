"""DDL and rows of the three largest tables: plain, in partitions by site, and in partitions by month.

Columns and indexes are those of a migrated archive, read from the server's catalog.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from psycopg import Connection
from psycopg.rows import TupleRow

LAYOUTS = ("plain", "site", "month")
PARTS, MONTHS, SITES = 16, 12, 5_000
START = "2026-01-01"
Server = Connection[TupleRow]


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of the archive. by_site, by_month: columns that its partitions go by. select: SQL of rows {first} to {last}.

    look_ups: questions by name, with %(column)s for the values of one of the rows.
    """

    name: str
    by_site: str
    by_month: str
    select: str
    look_ups: dict[str, str]

    def table(self, layout: str) -> str:
        """The name of its copy in that layout."""
        return f"{self.name}_{layout}"

    def column(self, layout: str) -> str | None:
        """The column that the layout's partitions go by."""
        return {"site": self.by_site, "month": self.by_month}.get(layout)


# One number after the other scattered over 0 to 1, the same in every run. Sites: a tenth of them has half of the rows.
_SCATTER = "((n * 2654435761) % 4294967296)::float8 / 4294967296"
_SITE = f"'outlet-' || lpad(floor({SITES} * power({_SCATTER}, 3.3))::int::text, 5, '0')"
_KEY = "s.site || '.example/2026/' || (n % 97) || '/' || substr(md5(n::text), 1, 24) || '-' || n"
# Rows come in the order of time; the last of a full table falls on the end of the year.
_AT = f"timestamptz '{START} 00:00:00+00' + n * (interval '365 days' / {{rows}})"
_FROM = (
    f"from generate_series({{first}}::bigint, {{last}}::bigint) n cross join lateral (select {_SITE} as site, {_AT} as at) s "
    f"cross join lateral (select {_KEY} as key) k"
)
_WORDS = "'قال الوزير في بيان صحفي أمس إن الحكومة تعمل على خطة جديدة للتنمية الاقتصادية خلال العام المقبل وأضاف أن المشاريع '"

KINDS = (
    Kind(
        "captures",
        "site",
        "fetched_at",
        "select n as id, 'https://www.' || k.key as url, k.key as url_key, s.site as site, n / 40 as run_id, s.at as fetched_at, "
        "200 as status, 'text/html; charset=utf-8' as content_type, 60000 + n % 50000 as size, "
        "'sha1:' || upper(substr(md5(n::text) || md5(n::text), 1, 32)) as digest, "
        "'warc/' || s.site || '/' || to_char(s.at, 'YYYY-MM-DD') || '-' || n / 40 || '.warc.gz' as warc_file, "
        f"(n % 40) * 21000 as warc_offset, 21000 as warc_length {_FROM}",
        {
            "captures of an address": "select * from {table} where url_key = %(url_key)s order by fetched_at",
            "the same, its site given": "select * from {table} where url_key = %(url_key)s and site = %(site)s order by fetched_at",
            "captures of a run": "select * from {table} where run_id = %(run_id)s",
        },
    ),
    Kind(
        "pages",
        "site",
        "found_at",
        "select k.key as url_key, 'https://www.' || k.key as url, s.site as site, 'article' as kind, 'done' as state, n as article_id, "
        "s.at as found_at, s.at + interval '2 minutes' as fetched_at, 200 as status, '\"' || md5(n::text) || '\"' as etag, "
        "'sha1:' || upper(substr(md5(n::text) || md5(n::text), 1, 32)) as digest, 0 as failures, "
        f"case when n > {{rows}} * 0.92 then s.at + (n % 30) * interval '1 day' end as next_visit_at {_FROM}",
        {
            "the page of an address": "select * from {table} where url_key = %(url_key)s",
            "the same, its site given": "select * from {table} where url_key = %(url_key)s and site = %(site)s",
            "200 due revisits of a site": "select * from {table} where site = %(site)s and next_visit_at <= '2026-12-28' "
            "order by next_visit_at limit 200",
        },
    ),
    Kind(
        "versions",
        "article_id",
        "seen_at",
        "select n as id, n - n % 4 % 3 as article_id, n % 4 % 3 + 1 as number, n as capture_id, s.at as seen_at, "
        f"'خبر ' || n || ' ' || substr({_WORDS}, 1, 60) as title, {_WORDS} || md5(n::text) || {_WORDS} as text, "
        "md5(n::text) || md5((n + 1)::text) as content_sha256, 'warraq 1' as extractor, "
        "jsonb_build_object('authors', array['محرر ' || n % 300], 'section', 'أخبار', 'published_at', s.at) as details, "
        "case when n % 4 % 3 > 0 then 'rewrite' end as edit_classes, case when n % 4 % 3 > 0 then 3 end as edit_algorithm "
        f"{_FROM}",
        {
            "versions of an article": "select * from {table} where article_id = %(article_id)s order by number",
            "the 100 newest edits": "select * from {table} where number > 1 order by seen_at desc, id desc limit 100",
        },
    ),
)


def make(server: Server, kind: Kind, layout: str) -> None:
    """Make the empty table of that layout, without indexes."""
    column = kind.column(layout)
    ending = "" if column is None else f" partition by {'hash' if layout == 'site' else 'range'} ({column})"
    server.execute(f"create table {kind.table(layout)} (like {kind.name} including defaults){ending}")
    for number, bounds in enumerate(_bounds(layout)):
        server.execute(
            f"create table {kind.table(layout)}_{number} partition of {kind.table(layout)} for values {bounds}"
        )


def _bounds(layout: str) -> Iterator[str]:
    if layout == "site":
        yield from (f"with (modulus {PARTS}, remainder {number})" for number in range(PARTS))
    if layout == "month":
        # The last one also takes what is inserted into the full table.
        bounds = [f"'2026-{month:02}-01 00:00+00'" for month in range(1, MONTHS + 1)] + ["maxvalue"]
        yield from (f"from ({first}) to ({following})" for first, following in pairwise(bounds))


def index(server: Server, kind: Kind, layout: str) -> list[str]:
    """Make the indexes that the real table has; returns the columns of the keys that are unique in it no more.

    A unique key of a table in partitions has to hold the column that these go by: it is added, where it lacks.
    """
    column = kind.column(layout)
    lost = []
    real = server.execute(
        "select indexdef from pg_indexes where schemaname = current_schema() and tablename = %s order by indexname",
        (kind.name,),
    ).fetchall()
    for (definition,) in real:
        unique = "unique" if definition.startswith("CREATE UNIQUE") else ""
        columns = re.search(r"\(([^)]*)\)", definition)
        assert columns is not None, definition
        tail = definition.partition(" USING ")[2]
        if unique and column is not None and column not in columns[1].split(", "):
            lost.append(columns[1])
            tail = tail.replace(columns[0], f"({columns[1]}, {column})", 1)
        server.execute(f"create {unique} index on {kind.table(layout)} using {tail}")
    return lost


def refusal_of_the_real_key(server: Server, kind: Kind, layout: str, columns: str) -> str:
    """The server's error for the archive's unique key on the partitioned table; "" if it accepts the key."""
    from psycopg import Error

    try:
        with server.transaction(force_rollback=True):
            server.execute(f"create unique index on {kind.table(layout)} ({columns})")
    except Error as error:
        return f"{error.diag.message_primary}: {error.diag.message_detail}"
    return ""
