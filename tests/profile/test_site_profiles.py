"""What a site prints around its articles: learned when there are enough, kept, and taken out of what is held already."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from crawler.extract import EXTRACTOR, extract
from crawler.html.spelling import comparable_line
from crawler.profile.site_profile import SiteProfile
from crawler.workers.pool import ExtractorPool
from crawler.workers.reextract_plan import ReextractCounts, open_plan
from crawler.workers.reextraction import apply_plan, current_profiles, make_plan
from crawler.workers.site_profiles import is_known_line, profile_of, stored_profile, with_current_lines
from crawler.workers.stored_captures import correct_outdated
from crawler.workers.warc_rebuild import RebuildExtractor
from storage import queries
from storage.archive import Archive
from storage.db.database import connect, read_transaction, upgrade, write_transaction
from storage.db.schema import amendments, articles, versions
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.table_copy import copy_tables
from storage.queries.reextraction_queue import Choice
from storage.records import Origin
from storage.rows import profiles
from storage.rows.profiles import StoredProfile
from storage.writing.corrections import store_profile
from tests.support.archives import rows
from tests.support.newspapers.article_pages import SITE
from tests.support.rooms.profiles import MANY, NOW, TAIL, capture, fill, prose
from tests.support.running import warraq

LATER = NOW + timedelta(days=30)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        fill(opened, MANY)
        yield opened


def again(archive: Archive, *, dry: bool = False) -> ReextractCounts:
    profiles = current_profiles(archive.engine, archive.folder, Choice(), sites={"example": SITE})
    with open_plan(archive.folder, Choice(), profiles) as plan:
        make_plan(archive.folder, archive.engine, plan, Choice(), sites={"example": SITE}, processes=1)
        if not dry:
            apply_plan(archive.engine, plan, now=LATER)
        plan.discard()
    return plan.counts


def lines(archive: Archive) -> frozenset[str]:
    return stored_profile(archive.engine, "example").lines


def texts(archive: Archive) -> set[str]:
    return {row["text"].split("\n\n")[-1] for row in rows(archive, articles)}


def test_reading_again_learns_the_line_and_corrects_what_is_held_without_an_edit(archive: Archive) -> None:
    assert again(archive, dry=True).corrected == MANY
    assert (texts(archive), lines(archive)) == ({TAIL}, frozenset())
    assert again(archive).fields == {"text": MANY}
    assert TAIL not in texts(archive)
    assert lines(archive) == {comparable_line(TAIL)}
    assert {row["number"] for row in rows(archive, versions)} == {1}
    assert {row["kind"] for row in rows(archive, amendments)} == {"reading"}
    # Nothing shows the line any more; it is known nevertheless, and the readings agree.
    findings = again(archive)
    assert (findings.same, findings.corrected, texts(archive) & {TAIL}) == (MANY, 0, set())


def test_few_articles_teach_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive, MANY - 1)
        assert with_current_lines(archive.engine, StoredProfile(), "example") == StoredProfile()


def test_a_visit_after_learning_is_no_edit_by_the_newspaper(archive: Archive) -> None:
    stored = with_current_lines(archive.engine, StoredProfile(), "example")
    assert stored.lines == {comparable_line(TAIL)}
    store_profile(archive.engine, "example", stored, now=LATER)
    assert with_current_lines(archive.engine, stored, "example") == stored
    profile = profile_of(stored)

    async def visit() -> list[str]:
        pool = ExtractorPool(1)
        # The line is gone from the second page, and another stands in the third: that one is an edit.
        pages = (capture(1, at=LATER), capture(2, at=LATER, tail=""), capture(3, at=LATER, tail=prose(90)[1]))
        changes = []
        for each in pages:
            read = await pool.extract(each, SITE, profile)
            await correct_outdated(archive, pool, SITE, read.article, capture=each, now=LATER, profile=profile)
            run_id = archive.start_run("example", now=LATER)
            position = archive.append(each, run_id)
            saved = archive.save(
                each,
                position,
                run_id=run_id,
                kind="article",
                article=read.article,
                now=LATER,
            )
            changes.append(saved.change)
        pool.close()
        return changes

    assert asyncio.run(visit()) == ["same", "same", "changed"]
    assert [len(queries.history(archive.engine, number)) for number in (1, 2, 3)] == [1, 1, 2]


def test_the_extractor_s_name_tells_what_it_knew_of_the_site() -> None:
    names = [
        extract(each, SITE, profile=SiteProfile(frozenset(lines))).article.extractor
        for each, lines in (
            (capture(1), ()),
            (capture(1), (comparable_line(TAIL),)),
            (capture(2, tail=""), (comparable_line(TAIL),)),
            (capture(2), (comparable_line(TAIL), comparable_line("سطر آخر"))),
        )
    ]
    assert (names[0], names[1]) == (EXTRACTOR, names[2])
    assert len(set(names)) == 3
    assert all(len(name) <= 32 for name in names)


def test_what_is_known_of_a_site_is_bounded_and_the_latest_stays() -> None:
    old = frozenset(f"قديم {number}" for number in range(profiles.MOST_LINES))
    known = profiles.merged({"جديد"}, old)
    assert (len(known), "جديد" in known) == (profiles.MOST_LINES, True)


def test_a_line_that_the_site_changed_makes_no_version_in_an_archive_that_is_rebuilt(
    tmp_path: Path, database_url: str
) -> None:
    first, second = range(1, 1 + MANY), range(1 + MANY, 1 + 2 * MANY)
    other = "تصدر الصحيفة عن مؤسسة الضياء للنشر منذ هذا العام، وتوزع في البلاد كلها."
    with Archive.open(tmp_path / "lost") as archive:
        archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
        for hour, (numbers, tail) in enumerate(((first, TAIL), (second, other), (first, other))):
            at = NOW + timedelta(hours=hour)
            run_id = archive.start_run("example", now=at)
            for number in numbers:
                archive.append(capture(number, at=at, tail=tail), run_id, origin=Origin("article"))
            archive.close_run(run_id)
    shutil.copytree(tmp_path / "lost" / "warc", tmp_path / "archive" / "warc")
    with RebuildExtractor(tmp_path / "archive") as reader, Archive.open(tmp_path / "archive", database_url) as archive:
        reader.keep_in(archive)
        done = rebuild_from_warc(archive, reader)
        assert (done.articles, done.changed) == (2 * MANY, 0)
        known = stored_profile(archive.engine, "example")
        assert (is_known_line(known, TAIL), is_known_line(known, other)) == (True, True)
        assert [template.pages >= MANY for template in profile_of(known).templates] == [True]
        assert {row["number"] for row in rows(archive, versions)} == {1}
        held = {row["url_key"]: row["text"] for row in rows(archive, articles)}
        assert not any(TAIL in text or other in text for key, text in held.items() if int(key.split("/")[-1]) in first)


KNOWN = StoredProfile(
    lines=frozenset({comparable_line(TAIL)}),
    profile={"furniture": ["سطر"], "templates": []},
    generation=2,
    pages=7,
    fingerprint="0a1b2c3d4e5f",
    began_at=NOW,
    forgotten=frozenset({"سطر منسي"}),
)


@pytest.mark.postgres
def test_a_copy_on_the_other_engine_knows_the_lines(tmp_path: Path, postgres_url: str) -> None:
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
        with write_transaction(archive.engine) as connection:
            profiles.keep(connection, "example", KNOWN, now=NOW)
        target = connect(postgres_url)
        upgrade(target)
        copy_tables(archive.engine, target)
        with read_transaction(target) as connection:
            assert profiles.known(connection, "example") == replace(KNOWN, learned_at=NOW)
        target.dispose()


def test_the_command_shows_the_lines_that_it_leaves_out(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive, MANY)
    tried = warraq("reextract", "--dry-run", "--examples", "0", cwd=tmp_path)
    assert "example prints 1 lines around its articles, which are left out:" in tried.out, tried.err
    done = warraq("reextract", "--json", cwd=tmp_path)
    assert (done.json["learned"], done.json["corrected"]) == ({"example": [comparable_line(TAIL)]}, MANY)


def test_the_latest_articles_are_looked_at_and_those_without_a_date_last(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write_transaction(archive.engine) as connection:
        last = connection.scalars(select(articles.c.id).order_by(articles.c.id.desc()).limit(1)).one()
        connection.execute(update(articles).where(articles.c.id == last).values(published_at=None))
        connection.execute(update(articles).where(articles.c.id != last).values(published_at=NOW))
        undated = connection.scalars(select(articles.c.text).where(articles.c.id == last)).one().split("\n\n")
        latest = profiles.texts(connection, "example")
        assert latest[-1] == undated
        monkeypatch.setattr(profiles, "MOST_ARTICLES", 1)
        assert profiles.texts(connection, "example") == latest[:1]
