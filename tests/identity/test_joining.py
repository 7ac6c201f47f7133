"""Two articles that are one, as the address of one leads to that of the other. On both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles, events, watch_articles
from storage.maintenance.verify import verify
from storage.queries import article_by, article_events, history
from storage.records import Article, Capture, Saved
from storage.watches import saved_searches
from tests.support.archives import rows

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"
OLD, NEW = f"{HOME}/news/1", f"{HOME}/2026/05/the-new-budget-of-next-year"
TITLE = "الميزانية الجديدة"
TEXT = "قالت مصادر رسمية إن الميزانية الجديدة ستدخل حيز التنفيذ في مطلع العام المقبل"
EDITED = f"{TEXT} بعد إقرارها في البرلمان"
OTHER = "فاز المنتخب الوطني على ضيفه بثلاثة أهداف في المباراة التي جرت مساء أمس بملعب المدينة"


def answer(
    archive: Archive,
    hours: float,
    url: str,
    text: str,
    *,
    asked: str | None = None,
    own: str | None = None,
    day: int = 7,
    title: str = TITLE,
) -> Saved:
    """One run in which one page answers. own: its canonical URL. day: of May, when the article was published."""
    at = NOW + timedelta(hours=hours)
    run_id = archive.start_run("example", now=at)
    page = Capture(url, "example", at, 200, (), f"{title} {text} {day}".encode(), requested_url=asked)
    read = Article(own or url, "example", title, text, published_at=NOW.replace(day=day), extractor="t 1")
    position = archive.append(page, run_id)
    saved = archive.save(page, position, run_id=run_id, kind="article", article=read, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=1)
    assert saved is not None
    return saved


def live(archive: Archive) -> list[str]:
    in_order = sorted(rows(archive, articles), key=lambda row: row["id"])
    return [row["url"] for row in in_order if row["status"] == "live"]


def test_the_first_article_gets_versions_pages_and_events_of_the_other(archive: Archive) -> None:
    first, other = answer(archive, 0, OLD, TEXT), answer(archive, 1, NEW, f"{TEXT} كما قالت")
    saved_searches.add(archive.engine, "budget", "الميزانية", now=NOW + timedelta(hours=2))
    answer(archive, 3, NEW, EDITED)
    assert live(archive) == [OLD, NEW]
    saved = answer(archive, 4, NEW, EDITED, asked=OLD)
    assert (saved.article_id, saved.change, saved.version) == (first.article_id, "same", 3)
    assert live(archive) == [OLD]
    for ref in (OLD, NEW, first.article_id):
        record = article_by(archive.engine, ref)
        assert record is not None
        assert (record["id"], record["text"]) == (first.article_id, EDITED)
    assert [(each["number"], each["url"]) for each in history(archive.engine, OLD)] == [(1, OLD), (2, NEW), (3, NEW)]
    (moved,) = article_events(archive.engine, article_by(archive.engine, OLD))
    assert (moved["event"], moved["to"], moved["reason"]) == ("moved", NEW, "redirect")
    assert [row["article_id"] for row in rows(archive, watch_articles)] == [first.article_id]
    third = answer(archive, 5, f"{HOME}/news/3", OTHER, title="فوز المنتخب")
    assert third.article_id > other.article_id, "its number is never given to another article"
    assert verify(archive.engine, archive.folder).ok


RETITLED = "البرلمان يقر الموازنة"


@pytest.mark.parametrize("by", ["redirect", "canonical"])
def test_a_headline_that_changes_the_address_makes_no_other_article(archive: Archive, by: str) -> None:
    """The new address is listed, and asked, before the old one leads there."""
    answer(archive, 0, OLD, TEXT)
    answer(archive, 1, NEW, EDITED, title=RETITLED)
    assert live(archive) == [OLD, NEW]
    led = {"url": NEW, "asked": OLD} if by == "redirect" else {"url": OLD, "own": NEW}
    saved = answer(archive, 2, text=EDITED, title=RETITLED, **led)
    assert (saved.version, live(archive)) == (2, [OLD])
    record = article_by(archive.engine, NEW)
    assert record is not None
    assert (record["url"], record["title"]) == (OLD, RETITLED)
    assert verify(archive.engine, archive.folder).ok


@pytest.mark.parametrize("by", ["redirect", "canonical"])
def test_another_text_of_the_same_minute_is_not_joined(archive: Archive, by: str) -> None:
    answer(archive, 0, OLD, TEXT)
    answer(archive, 1, NEW, OTHER, title=RETITLED)
    led = {"url": NEW, "asked": OLD} if by == "redirect" else {"url": OLD, "own": NEW}
    answer(archive, 2, text=OTHER, title=RETITLED, **led)
    assert live(archive) == [OLD, NEW]


def test_articles_that_differ_are_never_joined(archive: Archive) -> None:
    answer(archive, 0, OLD, TEXT)
    answer(archive, 1, NEW, OTHER, title="فوز المنتخب")
    answer(archive, 2, NEW, OTHER, asked=OLD, title="فوز المنتخب")
    assert live(archive) == [OLD, NEW]


@pytest.mark.parametrize(("day", "kept"), [(8, 1), (20, 2)])
def test_a_daily_list_that_leads_to_that_of_today_is_another_article(archive: Archive, day: int, kept: int) -> None:
    answer(archive, 0, OLD, TEXT)
    answer(archive, 1, NEW, EDITED, day=day)
    answer(archive, 2, NEW, EDITED, asked=OLD, day=day)
    assert len(live(archive)) == kept
    with archive.engine.connect() as connection:
        kinds = list(connection.scalars(select(events.c.kind)))
    assert kinds == ["moved"] * (2 - kept)
