"""Copies as users see them: `warraq similar`, the field `cluster`, the reader's page and its API; verify and copies."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from storage.archive import Archive
from storage.db.database import connect, open_readonly
from storage.db.schema import articles, signatures
from storage.maintenance.table_copy import copy_tables
from storage.maintenance.verify import verify
from storage.queries.similar_articles import copies_of, similar_to_text
from tests.support.archives import NOW
from tests.support.rooms.similar import id_of, save_stories, told, url_of
from tests.support.running import warraq
from tests.support.web.served import serving
from tests.support.wire_stories.stories import labelled_stories

STORY = [each for each in labelled_stories("developed", 3) if each.first == "talks-wire"]
WIRE = next(each for each in STORY if each.kind == "source")
MERGED = next(each for each in STORY if each.kind == "merged")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "archive"
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        save_stories(archive, archive.start_run("example", now=NOW), STORY)  # the run was killed
    return folder


def test_the_command_says_where_an_article_is_from_and_who_has_it(filled: Path) -> None:
    ran = warraq("similar", url_of(MERGED.id), "--json", "--archive", str(filled), cwd=filled)
    answer = ran.json
    assert (answer["relation"], answer["source"]["url"], answer["also"]["url"]) == (
        "partly",
        url_of(WIRE.id),
        url_of(str(MERGED.also)),
    )
    shown = warraq("similar", url_of(WIRE.id), "--archive", str(filled), cwd=filled)
    assert (shown.code, "wholly" in shown.out, "partly" in shown.out) == (0, True, True)


def test_a_file_finds_the_articles_that_share_its_text(filled: Path) -> None:
    (filled / "draft.txt").write_text(f"عنوان\n\n{WIRE.text}", encoding="utf-8")
    ran = warraq("similar", "draft.txt", "--json", "--archive", str(filled), cwd=filled)
    first = ran.json[0]
    assert first["relation"] == "wholly"
    assert first["back"]["share"] > 0.9
    engine = open_readonly(filled)
    assert similar_to_text(engine, "نص آخر لا علاقة له بشيء مما سبق ولا يشبهه في كلمة أو جملة") == []
    engine.dispose()


def test_an_unknown_article_is_a_wrong_usage(filled: Path) -> None:
    ran = warraq("similar", "https://example.com/nothing", "--archive", str(filled), cwd=filled)
    assert (ran.code, ran.out) == (2, "")
    assert "warraq search" in ran.err


def test_an_export_gives_whole_copies_one_cluster(filled: Path) -> None:
    lines = warraq("export", "-", "--archive", str(filled), cwd=filled).out.splitlines()
    clusters = {record["url"]: record["cluster"] for record in map(json.loads, lines)}
    whole = {clusters[url_of(each.id)] for each in STORY if each.derivation == "wholly" or each is WIRE}
    assert len(whole) == 1
    assert whole.isdisjoint({None})
    assert {clusters[url_of(each.id)] for each in STORY if each.kind in ("merged", "extended", "beside")} == {None}


def test_the_reader_and_its_api_show_copies(filled: Path) -> None:
    engine = open_readonly(filled)
    about = copies_of(engine, url_of(MERGED.id))
    engine.dispose()
    assert about is not None
    with serving(filled) as reader:
        shown = reader.ask(f"/articles/{about['article']['id']}")
        assert f'href="/articles/{about["source"]["id"]}"' in shown.text
        assert "منقول بعضه عن" in shown.text
        assert "Partly from" in reader.ask(f"/articles/{about['article']['id']}?lang=en").text
        assert reader.ask(f"/api/v1/articles/{about['article']['id']}/similar").json == about


def test_verify_compares_copies_with_articles_and_reindex_mends_them(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        save_stories(archive, run_id, STORY)
        assert "copies" not in verify(archive.engine, folder).wrong, "they are noted"
        archive.finish_run(run_id, status="done", now=NOW, requests=1)
        assert "copies" not in verify(archive.engine, folder).wrong
        before, wire = told(archive), id_of(archive, WIRE.id)
        with archive.engine.begin() as connection:
            connection.execute(delete(signatures).where(signatures.c.article_id == wire))
            connection.execute(update(articles).where(articles.c.id == wire).values(cluster=None))
        wrong = verify(archive.engine, folder).wrong["copies"]
        assert wrong.count == 3, wrong.examples
    assert warraq("reindex", "--copies", "--archive", str(folder), cwd=tmp_path).code == 0
    with Archive.open(folder) as archive:
        assert "copies" not in verify(archive.engine, folder).wrong
        assert told(archive) == before


def test_a_copied_archive_has_its_copies_and_finds_further_ones(
    filled: Path, tmp_path: Path, bare_database_url: str
) -> None:
    (tmp_path / "archive").mkdir(exist_ok=True)
    source, target = open_readonly(filled), connect(bare_database_url)
    copy_tables(source, target)
    assert "copies" not in verify(target, filled).wrong
    assert [each["id"] for each in similar_to_text(target, WIRE.text)] == [
        each["id"] for each in similar_to_text(source, WIRE.text)
    ]
    source.dispose()
    target.dispose()
