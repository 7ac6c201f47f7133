"""What a site prints around its articles: learned when there are enough, kept, and taken out of what is held already."""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from crawler.extract import EXTRACTOR, extract
from crawler.html.spelling import comparable_line
from crawler.profile.site_profile import SiteProfile
from crawler.workers.pool import ExtractorPool
from crawler.workers.reextract_plan import ReextractCounts, open_plan
from crawler.workers.reextraction import apply_plan, current_profiles, make_plan
from crawler.workers.site_profiles import LEAST_ARTICLES, update_profile
from crawler.workers.stored_captures import correct_outdated
from crawler.workers.warc_rebuild import RebuildExtractor
from storage import queries
from storage.archive import Archive
from storage.db.database import connect, read_transaction, upgrade, write_transaction
from storage.db.schema import amendments, articles, versions
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.table_copy import copy_tables
from storage.queries.reextraction_queue import Choice
from storage.records import Capture, Origin
from storage.rows import profiles
from tests.support.archives import rows
from tests.support.newspapers.article_pages import SITE, page
from tests.support.running import warraq

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
TAIL = "تصدر الصحيفة عن دار الميناء منذ عام 1961، وتوزع في مدن الساحل كلها."


def prose(number: int) -> list[str]:
    return [
        f"بدأت البلدية العمل في الحي رقم {number} صباح اليوم، وقال المهندس المشرف إنه سيستمر أسبوعين على الأقل.",
        f"وأضاف أن الكلفة تبلغ {number * 7} ألفا، وأن السكان سيبلغون بكل تغيير في مواعيد المياه قبل يومين منه.",
    ]


def capture(number: int, *, at: datetime = NOW, tail: str = TAIL) -> Capture:
    body = "".join(f"<p>{line}</p>" for line in (*prose(number), tail))
    html = page(f"<h1>بدء العمل في الحي رقم {number} من المدينة</h1><div class='entry-content'>{body}</div>")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(f"https://news.example/news/{number}", "example", at, 200, headers, html.encode())


def fill(archive: Archive, many: int) -> None:
    archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
    run_id = archive.start_run("example", now=NOW)
    for number in range(1, many + 1):
        each = capture(number)
        position = archive.append(each, run_id)
        article = extract(each, SITE).article
        archive.save(each, position, run_id=run_id, kind="article", article=article, now=NOW)
    archive.finish_run(run_id, status="done", now=NOW, requests=1)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        fill(opened, LEAST_ARTICLES)
        yield opened


def again(archive: Archive, *, dry: bool = False) -> ReextractCounts:
    profiles = current_profiles(archive.engine, Choice())
    with open_plan(archive.folder, Choice(), profiles) as plan:
        make_plan(archive.folder, archive.engine, plan, Choice(), sites={"example": SITE}, processes=1)
        if not dry:
            apply_plan(archive.engine, plan, now=LATER)
        plan.discard()
    return plan.counts


def texts(archive: Archive) -> set[str]:
    return {row["text"].split("\n\n")[-1] for row in rows(archive, articles)}


def test_reading_again_learns_the_line_and_corrects_what_is_held_without_an_edit(archive: Archive) -> None:
    assert again(archive, dry=True).corrected == LEAST_ARTICLES
    assert (texts(archive), archive.site_lines("example")) == ({TAIL}, frozenset())
    assert again(archive).fields == {"text": LEAST_ARTICLES}
    assert TAIL not in texts(archive)
    assert archive.site_lines("example") == {comparable_line(TAIL)}
    assert {row["number"] for row in rows(archive, versions)} == {1}
    assert {row["kind"] for row in rows(archive, amendments)} == {"reading"}
    # Nothing shows the line any more; it is known nevertheless, and the readings agree.
    findings = again(archive)
    assert (findings.same, findings.corrected, texts(archive) & {TAIL}) == (LEAST_ARTICLES, 0, set())


def test_few_articles_teach_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive, LEAST_ARTICLES - 1)
        assert update_profile(archive.engine, "example", now=LATER) == frozenset()
        assert archive.site_lines("example") == frozenset()


def test_a_visit_after_learning_is_no_edit_by_the_newspaper(archive: Archive) -> None:
    assert update_profile(archive.engine, "example", now=LATER) == {comparable_line(TAIL)}
    assert update_profile(archive.engine, "example", now=LATER) == frozenset()
    profile = SiteProfile(archive.site_lines("example"))

    async def visit() -> list[str]:
        pool = ExtractorPool(1)
        # The line is gone from the second page, and another stands in the third: that one is an edit.
        pages = (capture(1, at=LATER), capture(2, at=LATER, tail=""), capture(3, at=LATER, tail=prose(90)[1]))
        outcomes = []
        for each in pages:
            read = await pool.extract(each, SITE, profile)
            await correct_outdated(
                archive, pool, SITE, read.article, page_url=read.article.url, now=LATER, profile=profile
            )
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
            outcomes.append(saved.outcome)
        pool.close()
        return outcomes

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
    first, second = range(1, 1 + LEAST_ARTICLES), range(1 + LEAST_ARTICLES, 1 + 2 * LEAST_ARTICLES)
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
        assert (done.articles, done.changed) == (2 * LEAST_ARTICLES, 0)
        assert archive.site_lines("example") == {comparable_line(TAIL), comparable_line(other)}
        assert {row["number"] for row in rows(archive, versions)} == {1}
        held = {row["url_key"]: row["text"] for row in rows(archive, articles)}
        assert not any(TAIL in text or other in text for key, text in held.items() if int(key.split("/")[-1]) in first)


@pytest.mark.postgres
def test_a_copy_on_the_other_engine_knows_the_lines(tmp_path: Path, postgres_url: str) -> None:
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
        with write_transaction(archive.engine) as connection:
            profiles.keep(connection, {"example": frozenset({comparable_line(TAIL)})}, now=NOW)
        target = connect(postgres_url)
        upgrade(target)
        copy_tables(archive.engine, target)
        with read_transaction(target) as connection:
            assert profiles.known(connection) == {"example": {comparable_line(TAIL)}}
        target.dispose()


def test_the_command_shows_the_lines_that_it_leaves_out(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive, LEAST_ARTICLES)
    tried = warraq("reextract", "--dry-run", "--examples", "0", cwd=tmp_path)
    assert "example prints 1 lines around its articles, which are left out:" in tried.out, tried.err
    done = warraq("reextract", "--json", cwd=tmp_path)
    assert (done.json["learned"], done.json["corrected"]) == ({"example": [comparable_line(TAIL)]}, LEAST_ARTICLES)


def test_the_latest_articles_are_looked_at_and_those_without_a_date_last(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write_transaction(archive.engine) as connection:
        last = connection.scalars(select(articles.c.id).order_by(articles.c.id.desc()).limit(1)).one()
        connection.execute(update(articles).where(articles.c.id == last).values(published_at=None))
        connection.execute(update(articles).where(articles.c.id != last).values(published_at=NOW))
        undated = connection.scalars(select(articles.c.text).where(articles.c.id == last)).one().split("\n\n")
        found = profiles.texts(connection, "example")
        assert found[-1] == undated
        monkeypatch.setattr(profiles, "MOST_ARTICLES", 1)
        assert profiles.texts(connection, "example") == found[:1]
