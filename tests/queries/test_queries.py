from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Engine, text, update

from storage import queries
from storage.archive import Archive
from storage.db.database import open_readonly, read_transaction
from storage.db.schema import articles
from storage.filters import Filters
from storage.records import Article, Capture, Position, Precision, Reason, article_json
from storage.warc.writer import read_capture

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
OWN_KEYS = [
    "id", "country", "version", "versions", "status", "first_seen_at", "last_seen_at", "word_count",
    "content_sha256", "extractor", "partial", "cluster", "published_offset", "modified_offset", "imported_from",
]  # fmt: skip


def article(number: int, body: str = "نص الخبر", **fields: Any) -> Article:
    url = f"https://example.com/%D8%AE%D8%A8%D8%B1-{number}/"
    return Article(
        **({"url": url, "site": "example", "title": f"عنوان {number}", "text": body, "extractor": "t"} | fields)
    )


def save(archive: Archive, run_id: int, read: Article | None, *, minutes: int = 0, **fields: Any) -> None:
    url = fields.pop("url", read.url if read else "https://example.com/x")
    reason = fields.pop("reason", None)
    page = Capture(
        url,
        "example",
        NOW + timedelta(minutes=minutes),
        fields.pop("status", 200),
        (),
        f"{url} {minutes}".encode(),
        **fields,
    )
    position = archive.append(page, run_id)
    archive.save(page, position, run_id=run_id, kind="article", article=read, reason=reason, now=NOW)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    """Three articles of example, of which the first has three versions; one of other, undated."""
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        opened.add_site("other", "https://other.example", None, None, "UTC")
        run_id = opened.start_run("example", now=NOW)
        cairo = timezone(timedelta(hours=3))
        for number in (1, 2, 3):
            published = datetime(2026, 5, number, 1, 0, tzinfo=cairo)
            save(opened, run_id, article(number, published_at=published, published_precision="minute", section="أخبار"))
        save(opened, run_id, article(1, "نص آخر هنا"), minutes=10, requested_url="https://example.com/?p=1")
        save(opened, run_id, article(1, "نص آخر هنا", title="عنوان جديد"), minutes=20)
        save(opened, run_id, article(4, site="other"))
        save(opened, run_id, None, status=500, reason=Reason.HTTP_ERROR)
        opened.finish_run(run_id, status="done", now=NOW + timedelta(minutes=5), requests=9)
        yield opened


@pytest.fixture
def engine(archive: Archive, tmp_path: Path, database_url: str) -> Iterator[Engine]:
    engine = open_readonly(tmp_path / "archive", database_url)
    yield engine
    engine.dispose()


def test_a_record_has_every_key_in_order(engine: Engine) -> None:
    record = queries.article_by(engine, 2)
    assert record is not None
    assert list(record) == [*article_json(article(1)), *OWN_KEYS]
    assert (record["country"], record["version"], record["versions"], record["status"]) == ("EG", 1, 1, "live")
    assert (record["first_seen_at"], record["last_seen_at"]) == ("2026-05-07T08:00:00+00:00",) * 2
    assert (record["subtitle"], record["authors"], record["cluster"]) == (None, [], None)
    assert orjson.loads(orjson.dumps(record)) == record


def test_a_date_is_given_as_it_was_published(engine: Engine) -> None:
    record = queries.article_by(engine, 2)
    assert record is not None
    assert record["published_at"] == "2026-05-02T01:00:00+03:00"


@pytest.mark.parametrize(
    "ref",
    [
        1,
        "1",
        "١",
        "https://example.com/خبر-1/",
        "http://www.example.com/%d8%ae%d8%a8%d8%b1-1?utm_source=x#top",
        "\u200fexample.com/خبر-1\u200f",
        "https://example.com/?p=1",
    ],
)
def test_an_article_is_found_by_id_and_by_any_spelling_of_its_address(engine: Engine, ref: str | int) -> None:
    record = queries.article_by(engine, ref)
    assert record is not None
    assert record["title"] == "عنوان جديد"


@pytest.mark.parametrize("ref", ["", "99", "9" * 40, "https://example.com/none", "' or 1=1 --", "\x00", "\ud800", -1])
def test_what_is_not_there_is_none(engine: Engine, ref: str | int) -> None:
    assert queries.article_by(engine, ref) is None
    assert queries.history(engine, ref) == []
    assert queries.version(engine, ref, 1) is None


@pytest.mark.parametrize("number", [4, 2**31, 2**63, 10**40, -1])
def test_a_version_that_no_column_could_number_is_none(engine: Engine, number: int) -> None:
    assert queries.version(engine, 1, number) is None
    assert queries.difference(engine, 1, number, 1) is None


def test_articles_come_by_date_the_undated_first(engine: Engine) -> None:
    with read_transaction(engine) as connection:
        records = [queries.article_record(row) for row in connection.execute(queries.select_articles())]
    assert [record["id"] for record in records] == [4, 1, 2, 3]
    assert records == [queries.article_by(engine, record["id"]) for record in records]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(site="other"), [4]),
        (Filters(section="اخبار"), [1, 2, 3]),
        (Filters(start=datetime(2026, 5, 1, 22, 0, tzinfo=UTC)), [2, 3]),
        (Filters(end=datetime(2026, 5, 1, 22, 0, tzinfo=UTC)), [1]),
        (Filters(site="none"), []),
    ],
)
def test_filters_narrow(engine: Engine, filters: Filters, ids: list[int]) -> None:
    with read_transaction(engine) as connection:
        rows = connection.execute(queries.select_articles(filters)).all()
    assert [queries.article_record(row)["id"] for row in rows] == ids


def test_sqlite_reads_articles_in_order_without_sorting(archive: Archive) -> None:
    if archive.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL decides by statistics")
    statement = str(queries.select_articles().compile(archive.engine, compile_kwargs={"literal_binds": True}))
    with read_transaction(archive.engine) as connection:
        plan = " ".join(row[3] for row in connection.execute(text(f"explain query plan {statement}")))
    assert "TEMP B-TREE" not in plan


def test_history_tells_what_changed_and_where_it_was_seen(archive: Archive, engine: Engine) -> None:
    versions = queries.history(engine, "https://example.com/?p=1")
    assert [(each["number"], each["changed"], each["word_count"]) for each in versions] == [
        (1, [], 2), (2, ["body"], 3), (3, ["headline"], 3)
    ]  # fmt: skip
    assert versions[1]["seen_at"] == "2026-05-07T08:10:00+00:00"
    for each in versions:
        assert read_capture(archive.folder, Position(**each["warc"])).url == each["url"]
    assert orjson.loads(orjson.dumps(versions)) == versions


def test_a_version_has_its_text_and_details(engine: Engine) -> None:
    version = queries.version(engine, 1, 2)
    assert version is not None
    assert (version["title"], version["text"], version["details"]["site"]) == ("عنوان 1", "نص آخر هنا", "example")
    assert queries.version(engine, 1, 4) is None


def test_runs_come_newest_first(archive: Archive, engine: Engine) -> None:
    later = archive.start_run("other", now=NOW + timedelta(hours=1))
    recent = queries.recent_runs(engine)
    assert [row["id"] for row in recent] == [later, 1]
    assert (recent[1]["new"], recent[1]["changed"], recent[1]["requests"]) == (4, 2, 9)
    assert (recent[1]["finished_at"], recent[0]["finished_at"]) == ("2026-05-07T08:05:00+00:00", None)
    assert recent[1]["reasons"] == {"http-error": 1}
    assert [row["id"] for row in queries.recent_runs(engine, site="example")] == [1]
    assert [row["id"] for row in queries.recent_runs(engine, limit=1)] == [later]
    assert orjson.dumps(recent)


def test_events_name_what_a_run_found(archive: Archive, engine: Engine) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, article(2, "نص جديد"), minutes=30)
    save(archive, run_id, None, url=article(3).url, status=410, reason=Reason.NOT_FOUND, minutes=40)
    archive.settle(run_id, now=NOW + timedelta(minutes=40))
    save(archive, run_id, article(5), minutes=50)
    save(archive, run_id, None, url=article(3).url, status=410, reason=Reason.NOT_FOUND, minutes=40 + 24 * 60)
    archive.settle(run_id, now=NOW + timedelta(minutes=40 + 24 * 60))
    save(archive, run_id, article(1, "نص آخر هنا", title="عنوان جديد"), minutes=60)
    events_listed = queries.events(engine, run_id)
    assert [(each["event"], each["title"]) for each in events_listed] == [
        ("changed", "عنوان 2"), ("gone", "عنوان 3"), ("new", "عنوان 5")
    ]  # fmt: skip


def test_last_success_names_every_site(engine: Engine) -> None:
    assert queries.last_success(engine) == {
        "example": (NOW + timedelta(minutes=5), 3),
        "other": (None, 1),
    }


def test_figures_add_up(archive: Archive, engine: Engine) -> None:
    statistics = queries.stats(engine, now=datetime(2026, 5, 8, 23, 0, tzinfo=UTC))
    assert (statistics["articles"], statistics["versions"], statistics["captures"]) == (4, 6, 7)
    size = sum(path.stat().st_size for path in (archive.folder / "warc").iterdir())
    assert 0 < statistics["bytes"] < size
    assert statistics["first_published"] == "2026-04-30T22:00:00+00:00"
    assert [(each["site"], each["articles"]) for each in statistics["sites"]] == [("example", 3), ("other", 1)]
    days = {each["day"]: each["articles"] for each in statistics["days"]}
    assert len(days) == 14
    assert (days["2026-04-30"], days["2026-05-01"], days["2026-05-02"], days["2026-05-08"]) == (1, 1, 1, 0)
    assert statistics["pages"]["pending"] == 1
    assert statistics["last_run"]["site"] == "example"
    assert statistics["reasons"] == {"http-error": 1}
    assert orjson.dumps(statistics)


def test_an_empty_archive_has_figures_too(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        statistics = queries.stats(archive.engine)
        assert (statistics["articles"], statistics["first_published"], statistics["last_run"]) == (0, None, None)
        assert queries.last_success(archive.engine) == {}
        assert queries.recent_runs(archive.engine) == []


def test_removed_articles_are_left_out_but_can_be_asked_for(archive: Archive, engine: Engine) -> None:
    with archive.engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.id == 1).values(status="removed"))
    with read_transaction(engine) as connection:
        assert len(connection.execute(queries.select_articles()).all()) == 3
    record = queries.article_by(engine, 1)
    assert record is not None
    assert record["status"] == "removed"
    assert queries.stats(engine)["articles"] == 3


def test_a_date_in_another_offset_or_less_exact_is_no_change_of_metadata(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    stated = datetime(2026, 5, 7, 7, 0, tzinfo=timezone(timedelta(hours=1)))

    def seen(at: datetime, precision: Precision, minutes: int, body: str) -> None:
        read = article(7, body, published_at=at, published_precision=precision)
        save(archive, run_id, read, minutes=minutes)

    day = datetime(2026, 5, 7, tzinfo=stated.tzinfo)
    seen(day, "day", 1, "نص أول")
    seen(stated, "minute", 2, "نص أول")
    seen(stated.astimezone(UTC), "minute", 3, "نص أول")
    seen(stated.astimezone(UTC), "minute", 10, "نص ثان")
    seen(day, "day", 20, "نص ثالث")
    events_listed = queries.history(archive.engine, "https://example.com/خبر-7")
    assert [each["changed"] for each in events_listed] == [[], ["body"], ["body"]]
    assert [each["amendments"] for each in events_listed] == [[], [], []]
