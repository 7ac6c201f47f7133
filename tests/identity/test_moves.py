"""What becomes of an article whose page leads to another address, or gives itself another. On both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles, events, pages
from storage.queries import article_by, history
from storage.records import Article, Capture, Found, Reason, Saved
from storage.revisits import next_revisit
from tests.support.archives import frontier

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"
OLD, NEW = f"{HOME}/news/1", f"{HOME}/2026/05/1-slug"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = next_revisit(NOW, NOW + HOUR)  # of an article that was saved now and seen again after an hour
TEXT = "قالت مصادر رسمية إن الميزانية الجديدة ستدخل حيز التنفيذ في مطلع العام المقبل"
OTHER = "فاز المنتخب الوطني على ضيفه بثلاثة أهداف في المباراة التي جرت مساء أمس بملعب المدينة"


def answer(
    archive: Archive, at: datetime, url: str, text: str | None, *, asked: str | None = None, own: str | None = None
) -> Saved | None:
    """One run: a listing answers, and one page. own: the URL that the article gives itself; text None: a 404."""
    run_id = archive.start_run("example", now=at)
    front = Capture(f"{HOME}/", "example", at, 200, (), str(at).encode())
    archive.save(front, archive.append(front, run_id), run_id=run_id, kind="listing", now=at)
    status, body = (404, b"") if text is None else (200, text.encode())
    page = Capture(url, "example", at, status, (), body, requested_url=asked)
    read = None if text is None else Article(own or url, "example", "عنوان", text, extractor="t 1")
    reason = Reason.NOT_FOUND if text is None else None
    position = archive.append(page, run_id)
    saved = archive.save(page, position, run_id=run_id, kind="article", article=read, reason=reason, now=at)
    archive.settle(run_id, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=1)
    return saved


def known(archive: Archive) -> list[tuple[str, str, int]]:
    columns = select(articles.c.url, articles.c.status, articles.c.version).order_by(articles.c.id)
    with archive.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(columns)]  # type: ignore[misc]


def planned(archive: Archive) -> dict[str, datetime]:
    columns = select(pages.c.url, pages.c.next_visit_at).where(pages.c.next_visit_at.is_not(None))
    with archive.engine.connect() as connection:
        return {row.url: row.next_visit_at for row in connection.execute(columns)}


@pytest.mark.parametrize("own", [NEW, OLD], ids=["its URL is the new one", "its canonical URL stays"])
def test_an_article_that_moved_is_the_same_and_is_visited_where_it_is(archive: Archive, own: str) -> None:
    answer(archive, NOW, OLD, TEXT)
    saved = answer(archive, NOW + HOUR, NEW, TEXT, asked=OLD, own=own)
    assert (saved.change, known(archive)) == ("same", [(OLD, "live", 1)])
    assert planned(archive) == {NEW: SECOND}, "at one of its addresses"
    saved = answer(archive, NOW + 4 * HOUR, NEW, TEXT + " كما جاء", own=own)
    assert (saved.change, known(archive)) == ("changed", [(OLD, "live", 2)])
    assert [each["changed"] for each in history(archive.engine, OLD)] == [[], ["body"]]
    assert frontier(archive).unknown([OLD, NEW]) == []


def test_a_page_that_gives_itself_a_new_address_is_the_same_article(archive: Archive) -> None:
    answer(archive, NOW, OLD, TEXT)
    saved = answer(archive, NOW + HOUR, OLD, TEXT, own=NEW)
    assert (saved.change, known(archive)) == ("same", [(OLD, "live", 1)])
    assert planned(archive) == {OLD: SECOND}


def test_a_page_that_leads_to_another_article_stays_its_own_and_is_asked_ever_less(archive: Archive) -> None:
    answer(archive, NOW, OLD, TEXT)
    answer(archive, NOW, NEW, OTHER)
    due_revisits, at = 0, NOW
    while OLD in (plan := planned(archive)):
        at, due_revisits = plan[OLD], due_revisits + 1
        assert due_revisits <= 6
        answer(archive, at, NEW, OTHER, asked=OLD)
    assert due_revisits == 6, "as an article that is there"
    assert known(archive) == [(OLD, "live", 1), (NEW, "live", 1)]
    result = article_by(archive.engine, OLD)
    assert result is not None
    assert result["text"] == TEXT


def test_a_page_that_leads_to_a_new_article_brings_that_one_too(archive: Archive) -> None:
    answer(archive, NOW, OLD, TEXT)
    saved = answer(archive, NOW + HOUR, NEW, OTHER, asked=OLD)
    assert (saved.change, known(archive)) == ("new", [(OLD, "live", 1), (NEW, "live", 1)])
    assert planned(archive) == {
        OLD: next_revisit(NOW, NOW),
        NEW: next_revisit(NOW + HOUR, NOW + HOUR),
    }


def test_an_address_that_is_dropped_does_not_make_its_article_gone(archive: Archive) -> None:
    answer(archive, NOW, OLD, TEXT)
    answer(archive, NOW + HOUR, NEW, TEXT, asked=OLD)
    frontier(archive).mark_due({OLD: NOW + 2 * HOUR})
    for hours in (2, 3):
        answer(archive, NOW + hours * HOUR, NEW, TEXT)
        answer(archive, NOW + (hours + 0.5) * HOUR, OLD, None)
    assert list(planned(archive)) == [NEW], "once it is clear, it alone is asked"
    answer(archive, NOW + 27 * HOUR, NEW, TEXT)
    answer(archive, NOW + 27.5 * HOUR, OLD, None)
    assert known(archive) == [(OLD, "live", 1)]
    for hours in (30, 31, 55):
        answer(archive, NOW + hours * HOUR, NEW, None)
    assert known(archive) == [(OLD, "gone", 1)], "where it was, it is no more"
    with archive.engine.connect() as connection:
        assert list(connection.scalars(select(events.c.kind))) == ["moved", "gone"]


def test_an_alias_that_was_never_an_article_s_own_is_not_visited(archive: Archive) -> None:
    short = f"{HOME}/?p=1"
    frontier(archive).enqueue([Found(short, "article")])
    answer(archive, NOW, OLD, TEXT, asked=short)
    assert planned(archive) == {OLD: next_revisit(NOW, NOW)}
