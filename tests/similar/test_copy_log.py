"""Copies in an archive: as the pure functions tell them, in whatever order articles come, and nothing is lost."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from storage.archive import Archive
from storage.db.schema import articles, copies, copy_changes, shingles, signatures
from storage.removal import remove
from storage.similar import PublishedText, cluster, copy_log
from storage.similar.derivation import published_by
from tests.support.archives import NOW, article, capture, rows, save
from tests.support.rooms.similar import id_of, save_stories, told, url_of
from tests.support.wire_stories.stories import Labelled, labelled_stories

STORY = [each for each in labelled_stories("developed", 3) if each.first == "blast-wire"]


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        yield opened


@pytest.fixture
def run_id(archive: Archive) -> int:
    return archive.start_run("example", now=NOW)


def expected(stories: list[Labelled]) -> dict[str, tuple[str, str | None, str | None, str | None, bool]]:
    """As the pure functions tell it."""
    given = [
        PublishedText(
            each.id, each.text, published_by(each.published_at, each.precision, each.first_seen_at), each.agency
        )
        for each in stories
    ]
    return {
        each.id: (
            each.relation,
            each.source,
            each.also,
            each.first if each.cluster is not None else None,
            each.cluster is not None,
        )
        for each in cluster(given)
        if each.source is not None or each.cluster is not None or each.quotations
    }


@pytest.mark.parametrize("order", ["by time", "newest first", "shuffled", "one by one"])
def test_copies_are_the_same_in_whatever_order_articles_come(archive: Archive, run_id: int, order: str) -> None:
    stories = list(STORY)
    if order == "newest first":
        stories.reverse()
    elif order != "by time":
        random.Random(5).shuffle(stories)
    for start in range(0, len(stories), 1 if order == "one by one" else 5):
        save_stories(archive, run_id, stories[start : start + (1 if order == "one by one" else 5)])
        copy_log.catch_up(archive.engine)
    assert told(archive) == expected(STORY)


def test_a_cluster_has_the_number_of_its_first_saved_article(archive: Archive, run_id: int) -> None:
    save_stories(archive, run_id, STORY)
    assert {row["cluster"] for row in rows(archive, articles)} == {None}, "it is no work of the save"
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    clusters = {row["cluster"] for row in rows(archive, articles)} - {None}
    assert clusters == {min(row["id"] for row in rows(archive, articles) if row["cluster"] is not None)}
    assert rows(archive, copy_changes) == []
    assert len(rows(archive, signatures)) == len(STORY)


def test_what_a_killed_crawl_left_is_taken_in_later_and_once(
    archive: Archive, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_log, "_NEXT", copy_log._NEXT.limit(4))
    save_stories(archive, run_id, STORY)
    assert copy_log.take_in(archive.engine) == 4

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(copy_log.copy_rows, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            copy_log.catch_up(archive.engine)
    assert len(rows(archive, copy_changes)) == len(STORY) - 4
    copy_log.catch_up(archive.engine)
    assert told(archive) == expected(STORY)
    with archive.engine.begin() as connection:
        connection.execute(insert(copy_changes), [{"article_id": row["id"]} for row in rows(archive, articles)])
    before = rows(archive, shingles, shingles.c.hash, shingles.c.article_id)
    copy_log.catch_up(archive.engine)
    assert told(archive) == expected(STORY)
    assert rows(archive, shingles, shingles.c.hash, shingles.c.article_id) == before


@pytest.mark.parametrize("whole", [False, True])
def test_copies_are_not_waited_for_that_others_save_meanwhile(
    archive: Archive, run_id: int, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    monkeypatch.setattr(copy_log, "_NEXT", copy_log._NEXT.limit(4))
    save_stories(archive, run_id, STORY)
    batches = 0

    def save_another(*_: int) -> None:
        nonlocal batches
        batches += 1
        assert batches < 20, "it goes on for as long as others save"
        with archive.engine.begin() as connection:
            copy_log.note(connection, 1, 2, 3, 4)

    if whole:
        copy_log.rebuild(archive.engine, save_another)
    else:
        copy_log.catch_up(archive.engine, save_another)
    assert told(archive) == expected(STORY)


def test_a_removal_takes_its_rows_away_and_its_copies_get_another_source(archive: Archive, run_id: int) -> None:
    save_stories(archive, run_id, STORY)
    copy_log.catch_up(archive.engine)
    gone = id_of(archive, "blast-wire")
    remove(archive.engine, archive.folder, url_of("blast-wire"), reason="حكم", by="x", now=NOW)
    for table in (signatures, shingles, copies):
        assert gone not in {row["article_id"] for row in rows(archive, table)}
    copy_log.catch_up(archive.engine)
    assert told(archive) == expected([each for each in STORY if each.id != "blast-wire"])


def test_an_edited_article_is_compared_by_its_new_text(archive: Archive, run_id: int) -> None:
    save_stories(archive, run_id, STORY)
    copy_log.catch_up(archive.engine)
    wire = next(each for each in STORY if each.kind == "source")
    copied = next(each for each in STORY if each.kind == "verbatim")
    later = capture(url_of(copied.id), minutes=1_000_000)
    other = "افتتح في المدينة معرض للكتاب يشارك فيه مئة ناشر من عشرين بلدا، ويستمر حتى نهاية الشهر في القاعة الكبرى."
    save(
        archive,
        run_id,
        later,
        article(later.url, other, published_at=copied.published_at, published_precision="minute"),
    )
    copy_log.catch_up(archive.engine)
    assert copied.id not in told(archive)
    assert told(archive)[wire.id][3] == wire.id


def test_rebuilding_gives_the_same(archive: Archive, run_id: int) -> None:
    save_stories(archive, run_id, STORY)
    copy_log.catch_up(archive.engine)
    before, hashes = told(archive), rows(archive, shingles, shingles.c.hash, shingles.c.article_id)
    steps: list[tuple[int, int]] = []
    assert copy_log.rebuild(archive.engine, lambda done, total: steps.append((done, total))) == len(STORY)
    assert steps[-1] == (len(STORY), len(STORY))
    assert (told(archive), rows(archive, shingles, shingles.c.hash, shingles.c.article_id)) == (before, hashes)


def test_very_common_shingles_are_no_longer_inserted(
    archive: Archive, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_log.signature_rows, "MOST_HOLDERS", 3)
    text = STORY[0].text
    for number in range(12):
        page = capture(f"https://example.com/{number}", minutes=number)
        save(archive, run_id, page, article(page.url, f"{text} {number}"))
        copy_log.catch_up(archive.engine)
    counts: dict[int, int] = {}
    for row in rows(archive, shingles):
        counts[row["hash"]] = counts.get(row["hash"], 0) + 1
    assert max(counts.values()) == 3
    assert {row["cluster"] for row in rows(archive, articles)} == {1}
