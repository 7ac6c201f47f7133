"""One article at two addresses that nothing but what they show tells to be one. On both engines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles, events, pages
from storage.identity.twins import is_twin
from storage.maintenance.verify import verify
from storage.queries import article_by, history
from storage.records import Article, Capture, Reason, Saved

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"
TEXT = "قالت مصادر رسمية إن الميزانية الجديدة ستدخل حيز التنفيذ في مطلع العام المقبل"
POLITICS, SPORT = f"{HOME}/politics/123-budget", f"{HOME}/sport/123-budget"
LONG = f"{TEXT}، وأضافت أن الحكومة تدرس خفض الدعم عن الوقود والكهرباء في العام 2027 بعد مشاورات طويلة مع البرلمان"
EDITED = LONG.replace("طويلة", "مطولة")
LONGER = f"{LONG} {TEXT}، وقال وزير المالية إن الأمر لم يحسم بعد"


def answer(archive: Archive, hours: float, url: str, text: str | None, **fields: Any) -> Saved | None:
    """One run in which one page answers. text: None: a 404."""
    at = NOW + timedelta(hours=hours)
    run_id = archive.start_run("example", now=at)
    front = Capture(f"{HOME}/", "example", at, 200, (), str(at).encode())
    archive.save(front, archive.append(front, run_id), run_id=run_id, kind="listing", now=at)
    page = Capture(url, "example", at, 200 if text else 404, (), f"{url} {text} {fields}".encode())
    given: dict[str, Any] = {
        "title": "الميزانية الجديدة",
        "published_at": NOW,
        "published_precision": "minute",
    } | fields
    read = Article(url, "example", text=text, extractor="t 1", **given) if text else None
    reason = None if text else Reason.NOT_FOUND
    position = archive.append(page, run_id)
    saved = archive.save(page, position, run_id=run_id, kind="article", article=read, reason=reason, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=2)
    return saved


def live(archive: Archive) -> list[str]:
    with archive.engine.connect() as connection:
        return list(
            connection.scalars(select(articles.c.url).where(articles.c.status == "live").order_by(articles.c.id))
        )


UNDATED: dict[str, Any] = {"published_at": None, "published_precision": None}
DAY: dict[str, Any] = {"published_precision": "day"}


@pytest.mark.parametrize(
    ("url", "text", "fields", "kept"),
    [
        (SPORT, LONG, {}, 1),
        (SPORT, EDITED, {}, 1),
        (SPORT, LONG, UNDATED, 1),
        (SPORT, LONG.replace("2027", "2028"), {}, 2),
        (SPORT, EDITED, DAY, 2),
        (SPORT, LONGER, {}, 2),
        (SPORT, LONG, {"published_at": NOW - timedelta(hours=1)}, 2),
        (SPORT, LONG, {"title": "ميزانية أخرى"}, 2),
        (f"{HOME}/2026/the-budget-of-next-year", LONG, {}, 1),
        (f"{HOME}/2026/the-budget-of-next-year", LONG, UNDATED, 2),
        (f"{HOME}/politics/124-budget", LONG, {}, 2),
    ],
)
def test_headline_date_and_text_tell_a_twin(
    archive: Archive, url: str, text: str, fields: dict[str, Any], kept: int
) -> None:
    answer(archive, 0, POLITICS, LONG)
    answer(archive, 1, url, text, **fields)
    assert len(live(archive)) == kept


def test_two_articles_that_come_to_be_twins_are_joined_and_the_second_number_leads_to_the_first(
    archive: Archive,
) -> None:
    first, other = answer(archive, 0, POLITICS, LONG), answer(archive, 1, SPORT, LONGER)
    assert first is not None
    assert other is not None
    assert len(live(archive)) == 2
    saved = answer(archive, 2, SPORT, LONG)
    assert saved is not None
    assert (saved.article_id, live(archive)) == (first.article_id, [POLITICS])
    assert [each["url"] for each in history(archive.engine, SPORT)] == [POLITICS, SPORT, SPORT]
    record = article_by(archive.engine, SPORT)
    assert record is not None
    assert (record["id"], record["version"]) == (first.article_id, 3)
    assert verify(archive.engine, archive.folder).ok


@pytest.mark.parametrize("hours", [(1.2, 2.5), (1.2, 2.5, 27)], ids=["missing", "gone"])
def test_an_article_that_is_missing_is_found_at_another_number(archive: Archive, hours: tuple[float, ...]) -> None:
    first = answer(archive, 0, POLITICS, LONG, **UNDATED)
    for each in hours:
        answer(archive, each, POLITICS, None)
    saved = answer(archive, 30, f"{HOME}/politics/987-budget", LONG, **UNDATED)
    assert first is not None
    assert saved is not None
    assert (saved.article_id, live(archive)) == (first.article_id, [POLITICS])
    with archive.engine.connect() as connection:
        kinds = list(connection.scalars(select(events.c.kind).order_by(events.c.id)))
    assert kinds[-1] == "moved"


def test_an_article_whose_visited_address_is_missing_is_visited_at_the_one_that_answers(archive: Archive) -> None:
    answer(archive, 0, POLITICS, LONG)
    answer(archive, 1.2, SPORT, LONG)
    assert visits(archive)[SPORT] is None, "one of its addresses is enough"
    answer(archive, 1.2, POLITICS, None)
    due = visits(archive)
    assert due[POLITICS] is None
    assert due[SPORT] is not None
    assert due[SPORT] > NOW + timedelta(hours=1.2)


def visits(archive: Archive) -> dict[str, datetime | None]:
    with archive.engine.connect() as connection:
        return {page.url: page.next_visit_at for page in connection.execute(select(pages))}


RETITLED: dict[str, Any] = {"title": "البرلمان يقر الموازنة"}


@pytest.mark.parametrize("first", ["the new address", "the old address"])
@pytest.mark.parametrize(
    ("text", "fields", "kept"),
    [
        (EDITED, RETITLED, 1),
        (EDITED.replace("2027", "2028"), RETITLED, 2),
        (LONGER, RETITLED, 2),
        (EDITED, RETITLED | DAY, 2),
        (EDITED, RETITLED | {"published_at": NOW - timedelta(minutes=5)}, 2),
    ],
    ids=["edited", "another figure", "another text", "no minute", "another minute"],
)
@pytest.mark.parametrize("new", ["2517-parliament", "parliament", "2518-parliament"])
def test_an_article_whose_headline_changed_its_address_is_found_where_the_old_one_is_no_more(
    archive: Archive, first: str, new: str, text: str, fields: dict[str, Any], kept: int
) -> None:
    old, new = f"{HOME}/news/2517-budget", f"{HOME}/news/{new}"
    kept = 2 if "2518" in new else kept
    was = answer(archive, 0, old, LONG)
    turns: list[tuple[str, str | None]] = [(new, text), (old, None)]
    for hours, (url, shown) in enumerate(turns if first == "the new address" else turns[::-1], start=1):
        answer(archive, hours, url, shown, **fields)
    assert was is not None
    record = article_by(archive.engine, new)
    assert record is not None
    assert (len(live(archive)), record["id"] == was.article_id) == (kept, kept == 1)


def row(**fields: Any) -> dict[str, Any]:
    return {
        "title": "الميزانية", "text": LONG, "content_sha256": "x", "word_count": 30, "url_key": "e.com/a/77",
        "published_at": NOW, "published_precision": "minute", "published_raw": None, "published_source": "meta",
    } | fields  # fmt: skip


def test_a_date_that_is_counted_back_from_the_fetch_may_differ_by_hours() -> None:
    shown: dict[str, Any] = {"published_raw": "منذ ٣ ساعات", "published_source": "visible"}
    later: datetime = NOW + timedelta(hours=2)
    one, other = row(**shown), row(**shown, published_at=later, url_key="e.com/b/77")
    assert is_twin(one, other)
    assert not is_twin(one, other | {"content_sha256": "y"})
    assert not is_twin(row(), row(published_at=later, url_key="e.com/b/77"))
