"""kill -9 at any point of indexing: the next search catches up, and nothing is missing or double."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from storage.db.database import read_transaction
from storage.db.schema import articles
from storage.search import index, search
from storage.search.index_check import differences
from storage.warc.faults import INDEX_POINTS
from tests.support.rooms.indexing import WORDS
from tests.support.rooms.search import add, add_many, change, found, make_archive, segments, take_down
from tests.support.running import environment

BUILDS = ("index-merging", "index-made", "index-named")
ERASURES = ("index-cut", "index-made", "index-named")


def started(engine: Engine, url: str, work: str, *seed: str, **env: str) -> "subprocess.Popen[str]":
    folder = engine.get_execution_options()["warraq_folder"]
    line = [sys.executable, "-m", "tests.support.rooms.indexing", url, str(folder), work, *seed]
    return subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=environment(**env))


def killed_at(engine: Engine, url: str, work: str, point: str) -> None:
    with started(engine, url, work, WARRAQ_FAULTS="1", WARRAQ_FAIL_AT=point) as process:
        assert process.wait(60) == 137, point


def assert_whole(engine: Engine) -> None:
    """The search finds every article once, by the words that it has now, and the index agrees with the archive."""
    with read_transaction(engine) as connection:
        rows = connection.execute(select(articles.c.id, articles.c.text).where(articles.c.status != "removed")).all()
    for word in WORDS:
        results = search(engine, word, limit=10_000)
        expected = sorted(row.id for row in rows if word in row.text.split())
        assert sorted(hit.id for hit in results.hits) == expected
        assert results.total == len(expected)
    with engine.connect() as connection:
        assert list(differences(connection)) == []


def fill(engine: Engine) -> None:
    """Articles in the index, and changes that it lacks: more than a batch of new ones, an edit and a removal."""
    for number in range(1, 13):
        add(engine, number, f"{WORDS[number % 6]} {WORDS[number % 5]}")
    index.catch_up(engine)
    for number in range(13, 30):
        add(engine, number, f"{WORDS[number % 6]} {WORDS[number % 4]}")
    change(engine, 1, text="مطر مطر")
    take_down(engine, 2)


@pytest.mark.parametrize(
    "point",
    [
        *(point for point in INDEX_POINTS if point not in ("index-cut", "index-made", "index-named")),
        *(f"{point}:2" for point in ("index-given", "index-committed", "index-stated")),  # of the second batch
    ],
)
def test_a_catch_up_that_is_killed_is_gone_on_with(engine: Engine, database_url: str, point: str) -> None:
    fill(engine)
    killed_at(engine, database_url, "catch-up", point)
    assert_whole(engine)


@pytest.mark.parametrize(
    ("work", "point"),
    [*(("rebuild", point) for point in BUILDS), *(("scrub", point) for point in BUILDS)],
)
def test_an_index_that_is_made_anew_and_killed_leaves_a_whole_one(
    engine: Engine, database_url: str, work: str, point: str
) -> None:
    fill(engine)
    killed_at(engine, database_url, work, point)
    assert_whole(engine)
    index.catch_up(engine, scrub=True)
    assert len([each for each in index.folder_of(engine).iterdir() if each.is_dir()]) == 1


@pytest.mark.parametrize("point", ERASURES)
def test_an_erasure_that_is_killed_is_done_by_the_next(tmp_path: Path, point: str) -> None:
    """Of a segment that is merged: one of more than a few hundred articles.

    On SQLite, as another transaction of a PostgreSQL server can make an index take all articles in once more.
    """
    url = f"sqlite:///{tmp_path}/warraq.db"
    engine = make_archive(url, tmp_path)
    add_many(engine, 1, WORDS * 80)
    index.catch_up(engine)
    add_many(engine, 1_001, WORDS * 5)  # a segment without deleted entries
    take_down(engine, 2)
    index.catch_up(engine)
    killed_at(engine, url, "scrub", point)
    assert_whole(engine)
    index.catch_up(engine, scrub=True)
    assert {each["deletes"] for each in segments(engine)} == {None}
    assert_whole(engine)
    engine.dispose()


@pytest.mark.parametrize("point", ["index-given", "index-made", "index-merging"])
def test_the_first_index_may_be_killed(engine: Engine, database_url: str, point: str) -> None:
    for number in range(1, 13):
        add(engine, number, WORDS[number % 6])
    work = "rebuild" if point != "index-given" else "catch-up"
    if point == "index-given":
        index.catch_up(engine)
        add(engine, 13, WORDS[0])
    killed_at(engine, database_url, work, point)
    assert found(engine, WORDS[0]) >= {6, 12}
    assert_whole(engine)


@pytest.mark.parametrize("changed", ["edit", "removal"])
def test_a_kill_within_a_commit_of_the_index_does_not_block_the_next(engine: Engine, changed: str) -> None:
    """The files of the commit are there, what names them is not: the next commit gives its files the same names."""
    for number in range(1, 13):
        add(engine, number, WORDS[number % 6])
    index.catch_up(engine)
    folder = index.folder_of(engine)
    (generation,) = [each for each in folder.iterdir() if each.is_dir()]
    before = {path: path.read_bytes() for path in (folder / "state.json", generation / "meta.json")}
    if changed == "edit":
        change(engine, 3, text=WORDS[0])
    else:
        take_down(engine, 3)
    index.catch_up(engine)
    for path, held in before.items():
        path.write_bytes(held)
    assert_whole(engine)


def kill_at_random_times(engine: Engine, url: str, kills: int, seed: int) -> None:
    draw = random.Random(seed)
    for kill in range(kills):
        with started(engine, url, "all", str(seed * 1_000 + kill)) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(draw.random() * 0.6)
            process.send_signal(signal.SIGKILL)
            assert process.wait(60) == -signal.SIGKILL
        assert_whole(engine)


@pytest.mark.slow
def test_kills_at_random_times_lose_and_double_nothing(engine: Engine, database_url: str) -> None:
    kill_at_random_times(engine, database_url, 3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_kills_at_random_times_lose_and_double_nothing(engine: Engine, database_url: str, seed: int) -> None:
    kill_at_random_times(engine, database_url, 25, seed)


def test_the_points_are_those_that_indexing_passes(tmp_path: Path) -> None:
    """A point that nothing reaches would be a test that kills nothing."""
    source = "".join(path.read_text() for path in Path(index.__file__).parent.rglob("*.py"))
    assert all(f'reach("{point}")' in source for point in INDEX_POINTS)
