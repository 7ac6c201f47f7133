"""Views for people who query the archive's database in SQL: readable names, lists as text, nothing taken down.

The program itself does not use them: an upgrade drops them before it changes tables, and recreates them afterwards.
docs/sql.md explains them and has example queries.
"""

from sqlalchemy import Connection, text

NAMES = ("v_articles", "v_versions", "v_changes", "v_captures", "v_runs")

_ARTICLES = """
create view v_articles as
select a.id, a.url, a.site, s.country, s.title as newspaper, a.title, a.subtitle, {authors} as authors, a.agency,
    a.section, {categories} as categories, {tags} as tags, a.published_at, a.published_precision, a.published_source,
    a.modified_at, a.language, a.description, a.image, a.text, a.word_count, a.content_sha256, a.version as versions,
    a.status, a.partial, a.first_seen_at, a.last_seen_at, a.extractor, a.imported_from
from articles a join sites s on s.name = a.site
where a.status <> 'removed'
"""

_VERSIONS = """
create view v_versions as
select v.id, v.article_id, a.url, a.site, v.number, v.number = a.version as is_current, v.seen_at, v.title, v.subtitle,
    v.text, v.content_sha256, v.extractor, v.capture_id,
    case when v.capture_id is null then i.format end as imported_from, i.file as imported_file
from versions v join articles a on a.id = v.article_id
left join imported i on i.version_id = v.id
where a.status <> 'removed'
"""

_CHANGES = """
create view v_changes as
select v.seen_at as at, 'edited' as kind, a.id as article_id, a.site, a.url, v.title, p.title as title_before,
    v.number as version, null as reason, v.capture_id,
    case when v.edited_from = p.content_sha256 and v.edit_algorithm is not null then v.edit_classes end as edit_classes
from versions v
join articles a on a.id = v.article_id and a.status <> 'removed'
join versions p on p.article_id = v.article_id and p.number = v.number - 1
union all
select e.at, e.kind, a.id, a.site, a.url, a.title, null, a.version, e.reason, e.capture_id, null
from events e join articles a on a.id = e.article_id and a.status <> 'removed'
union all
select m.at, case m.kind when 'reading' then 'read anew' else m.kind end, a.id, a.site, a.url, a.title, null, v.number,
    null, m.capture_id, null
from amendments m
join articles a on a.id = m.article_id and a.status <> 'removed'
join versions v on v.id = m.version_id
"""

_CAPTURES = """
create view v_captures as
select c.id, c.url, c.site, c.run_id, c.fetched_at, c.status, c.content_type, c.size, c.digest, c.warc_file,
    c.warc_offset, c.warc_length, c.reason, c.refers_to, v.article_id, v.number as version
from captures c left join versions v on v.capture_id = c.id
"""

_RUNS = """
create view v_runs as
select r.id, r.site, s.country, r.started_at, r.finished_at, {seconds} as seconds, r.status, r.requests, r.pages, r.new,
    r.changed, r.same, r.gone, r.message, r.warraq
from runs r left join sites s on s.name = r.site
"""

_JOINED = {
    "sqlite": "(select group_concat(value, '، ') from json_each(a.{column}))",
    "postgresql": "(select string_agg(value, '، ') from jsonb_array_elements_text(a.{column}) as value)",
}
_SECONDS = {
    "sqlite": "cast(round((julianday(r.finished_at) - julianday(r.started_at)) * 86400) as integer)",
    "postgresql": "cast(round(extract(epoch from r.finished_at - r.started_at)) as integer)",
}


def drop(connection: Connection) -> None:
    """Drop existing views, before their tables change."""
    for name in reversed(NAMES):
        connection.execute(text(f"drop view if exists {name}"))


def create(connection: Connection) -> None:
    """Create the views, none of which may exist."""
    engine = connection.dialect.name
    lists = {column: _JOINED[engine].format(column=column) for column in ("authors", "categories", "tags")}
    for statement in (_ARTICLES, _VERSIONS, _CHANGES, _CAPTURES, _RUNS):
        connection.execute(text(statement.format(**lists, seconds=_SECONDS[engine])))
