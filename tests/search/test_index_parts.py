"""A large index is made by several processes: the same one, whatever happens to one of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.search import index
from storage.search.index_check import differences
from storage.search.segments import part_processes
from tests.support.rooms.search import add_many, change, found, segments, take_down
from tests.support.running import environment


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WORTH_A_PROCESS", 20)
    monkeypatch.setattr(index, "BATCH", 7)
    monkeypatch.setattr(index, "processors", lambda: 2)


def assert_whole(engine: Engine) -> None:
    assert found(engine, "خبر") == set(range(1, 61))
    assert found(engine, "42") == {42}
    with engine.connect() as connection:
        assert list(differences(connection)) == []


def test_two_processes_make_the_index_and_it_is_kept_up_to_date(engine: Engine) -> None:
    add_many(engine, 1, [f"خبر {number}" for number in range(1, 62)])
    take_down(engine, 61)
    seen: list[tuple[int, int]] = []
    assert index.rebuild(engine, lambda done, total: seen.append((done, total))) == 60
    assert len(seen) == 9
    assert seen[-1] == (60, 60)
    assert len(segments(engine)) == 2
    assert_whole(engine)
    change(engine, 5, text="خبر جديد")
    assert found(engine, "جديد") == {5}
    take_down(engine, 5)
    index.catch_up(engine, scrub=True)
    assert found(engine, "خبر") == set(range(1, 61)) - {5}
    (generation,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    assert not [each for each in generation.iterdir() if each.is_dir()]


def test_where_a_process_dies_the_index_is_made_by_this_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add_many(engine, 1, [f"خبر {number}" for number in range(1, 61)])
    monkeypatch.setattr(part_processes.sys, "executable", "/bin/false")
    assert index.rebuild(engine) == 60
    assert_whole(engine)


def test_a_process_whose_maker_is_killed_ends_and_commits_nothing(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "storage.search.segments.part_builder"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, env=environment(), stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        process.stdin.write(f'{{"url": "sqlite:///{tmp_path}/none.db", "path": "{tmp_path}/part"}}\n'.encode())
        process.stdin.close()
        assert process.wait(60) == 1
    assert not list(tmp_path.glob("part/*.idx"))


def test_an_interrupt_ends_the_processes(engine: Engine) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    add_many(engine, 1, [f"خبر {number}" for number in range(1, 61)])
    assert index.rebuild(engine) == 60

    def interrupt(done: int, total: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    add_many(engine, 61, ["شيء"])
    try:
        with pytest.raises(KeyboardInterrupt):
            index.rebuild(engine, interrupt)
    finally:
        signal.signal(signal.SIGINT, before)
    assert_whole(engine)
