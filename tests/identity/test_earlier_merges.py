"""What earlier versions of the program merged is parted, by repair or by the next crawl. On both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import amendments, articles, versions
from storage.identity import identify
from storage.identity.identify import Identity
from storage.maintenance.repair import repair
from storage.maintenance.verify import verify
from storage.queries import article_by, history
from storage.records import Capture, Reason
from storage.rows.articles import articles_at
from tests.support.archives import rows
from tests.support.rooms.identity import (
    HOME,
    HOUR,
    LIE,
    NOW,
    ONE,
    TEXTS,
    THREE,
    TWO,
    happened,
    known,
    page_articles,
    show,
    whole,
)
from tests.support.running import warraq
from tests.support.small_archive import PlainReader


@pytest.fixture
def credulous() -> Iterator[Callable[[], None]]:
    """Believe every claim, as earlier versions did, until the function that this returns is called."""
    believing = pytest.MonkeyPatch()
    believing.setattr("storage.saving.believe", lambda _connection, article, _at, **_: article)

    def identify_all(connection: Any, article: Any, at: Any, **_: Any) -> Identity:
        held = articles_at(connection, article.key, at.keys)
        known = identify.under_known_url(article, held)
        return Identity(known, article, next((row for row in held if row["url_key"] == known.key), None))

    believing.setattr("storage.saving.identify", identify_all)
    yield believing.undo
    believing.undo()


def merge(archive: Archive, undo: Callable[[], None]) -> None:
    """Three articles merged into one by their claims, each seen again, the second edited."""
    details: dict[str, Any] = {"published_at": NOW - HOUR, "published_precision": "day", "section": "محليات"}
    show(archive, ONE, **details)
    show(archive, TWO, hours=1, authors=("كاتب",))
    show(archive, THREE, hours=2, asked=f"{HOME}/?p=3")
    show(archive, ONE, hours=3, **details)
    show(archive, TWO, hours=4, text=f"{TEXTS[TWO][1]} في ملعب المدينة")
    show(archive, THREE, hours=5)
    undo()
    assert known(archive) == {1: (LIE, TEXTS[THREE][0], 6)}


def check_parted(archive: Archive) -> None:
    by_url = {url: (ref, title, number) for ref, (url, title, number) in known(archive).items()}
    assert {url: each[1:] for url, each in by_url.items()} == {
        ONE: (TEXTS[ONE][0], 1),
        TWO: (TEXTS[TWO][0], 2),
        THREE: (TEXTS[THREE][0], 1),
    }
    assert by_url[ONE][0] == 1
    first, second = article_by(archive.engine, ONE), article_by(archive.engine, TWO)
    assert first is not None
    assert second is not None
    assert (first["section"], first["authors"], first["published_at"]) == ("محليات", [], "2026-05-07")
    assert (second["section"], second["authors"], second["published_at"]) == (None, ["كاتب"], None)
    assert first["last_seen_at"] == (NOW + 3 * HOUR).isoformat()
    assert [each["url"] for each in history(archive.engine, TWO)] == [TWO, TWO]
    led = page_articles(archive)
    assert {url: led[url] for url in (ONE, TWO, THREE)} == {url: each[0] for url, each in by_url.items()}
    assert led[f"{HOME}/?p=3"] == by_url[THREE][0]
    assert LIE not in led
    assert [each[2] for each in happened(archive, 1)][:2] == [by_url[TWO][0], by_url[THREE][0]]
    assert happened(archive, by_url[TWO][0]) == [("parted", "canonical", 1)]


def test_repair_parts_earlier_merges(archive: Archive, credulous: Callable[[], None]) -> None:
    merge(archive, credulous)
    assert verify(archive.engine, archive.folder).as_json()["left"]["merged"]["count"] == 1
    reader = PlainReader()
    done = repair(archive, reader)
    assert (done.parted, done.report.ok, reader.held) == (2, True, ["example"])
    check_parted(archive)
    assert whole(archive)
    assert repair(archive, reader).parted == 0
    assert show(archive, TWO, hours=9, text=f"{TEXTS[TWO][1]} في ملعب المدينة").change == "same"
    assert show(archive, f"{HOME}/fourth", hours=9, title="رابع", text="كلام").change == "new"


def test_the_first_crawl_that_finds_it_parts_earlier_merges(archive: Archive, credulous: Callable[[], None]) -> None:
    merge(archive, credulous)
    fourth = show(archive, f"{HOME}/fourth", hours=9, title="رابع", text="كلام لا صلة له بما سبق")
    assert fourth.change == "new"
    state = known(archive)
    assert state.pop(fourth.article_id)[0] == f"{HOME}/fourth"
    assert sorted(url for url, _, _ in state.values()) == sorted((ONE, TWO, THREE))
    assert whole(archive)


def test_corrections_of_a_version_go_with_it(archive: Archive, credulous: Callable[[], None]) -> None:
    merge(archive, credulous)
    second = next(row for row in rows(archive, versions) if row["number"] == 2)
    note = {"article_id": 1, "version_id": second["id"], "kind": "reading", "at": NOW, "before": {"section": "قديم"}}
    with write_transaction(archive.engine) as connection:
        connection.execute(amendments.insert().values(note))
    repair(archive, PlainReader())
    events_listed = history(archive.engine, TWO)
    assert [[each["before"] for each in version["amendments"]] for version in events_listed] == [
        [{"section": "قديم"}],
        [],
    ]


@pytest.mark.slow
def test_an_article_that_was_gone_stays_gone_and_no_other(archive: Archive, credulous: Callable[[], None]) -> None:
    merge(archive, credulous)
    for hours in (30, 32, 60):
        at = NOW + hours * HOUR
        run_id = archive.start_run("example", now=at)
        front = Capture(f"{HOME}/", "example", at, 200, (), str(at).encode())
        archive.save(front, archive.append(front, run_id), run_id=run_id, kind="listing", now=at)
        page = Capture(TWO, "example", at, 404, (), b"")
        position = archive.append(page, run_id)
        archive.save(page, position, run_id=run_id, kind="article", reason=Reason.NOT_FOUND, now=at)
        archive.finish_run(run_id, status="done", now=at, requests=2)
    repair(archive, PlainReader())
    with archive.engine.connect() as connection:
        states = {row.url: row.status for row in connection.execute(select(articles.c.url, articles.c.status))}
    assert states == {ONE: "live", TWO: "gone", THREE: "live"}


def test_an_article_known_by_a_section_gets_its_own_address(archive: Archive, credulous: Callable[[], None]) -> None:
    show(archive, ONE, own=f"{HOME}/category/politics")
    credulous()
    done = repair(archive, PlainReader())
    assert (done.parted, known(archive)) == (0, {1: (ONE, TEXTS[ONE][0], 1)})


def test_history_names_the_parting(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        show(archive, ONE)
        show(archive, TWO, hours=1)
    said = warraq("history", ONE, cwd=tmp_path)
    assert "parted 2026-05-07 09:00 (UTC), from article 2: both gave one canonical address" in said.out
