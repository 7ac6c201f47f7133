"""The search index follows the articles, can be made again, and bears texts of any size."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage.db.database import connect
from storage.errors import ArchiveError
from storage.search import index, index_folder
from storage.search.engine import search
from storage.search.index_check import differences
from tests.support.rooms.search import add, change, found


def wrong(engine: Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        return list(differences(connection))


def test_a_changed_article_is_found_by_its_new_words_only_and_a_removed_one_by_none(engine: Engine) -> None:
    add(engine, 1, "الكلام القديم")
    add(engine, 2, "الكلام الباقي")
    assert found(engine, "القديم") == {1}
    change(engine, 1, title="آخر", text="الكلام الجديد")
    assert found(engine, "القديم | عنوان -الباقي") == set()
    assert found(engine, "الجديد") == {1}
    change(engine, 1, status="removed")
    assert found(engine, "الكلام") == {2}
    assert wrong(engine) == []


def test_an_index_of_other_rules_is_made_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add(engine, 1, "خبر")
    assert found(engine, "خبر") == {1}
    (before,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    monkeypatch.setattr(index, "VERSION", "0.0.0")
    with engine.connect() as connection, pytest.raises(ArchiveError, match="warraq reindex"):
        index.reader(engine, connection)
    assert found(engine, "خبر") == {1}
    (after,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    assert before != after


def test_rebuild_is_whole_reports_progress_and_leaves_the_same_answers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BATCH", 2)
    for number in range(1, 6):
        add(engine, number, f"خبر رقم {number}")
    seen: list[tuple[int, int]] = []
    assert index.rebuild(engine, lambda done, total: seen.append((done, total))) == 5
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert found(engine, "خبر") == {1, 2, 3, 4, 5}
    assert found(engine, "3") == {3}


def test_a_rebuild_that_dies_leaves_the_old_index(engine: Engine) -> None:
    add(engine, 1, "خبر")
    assert found(engine, "خبر") == {1}

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(engine, die)
    assert found(engine, "خبر") == {1}


@pytest.mark.parametrize("lost", ["state.json", "files", "all"])
def test_a_search_without_an_index_makes_it(engine: Engine, lost: str) -> None:
    add(engine, 1, "خبر")
    assert found(engine, "خبر") == {1}
    folder = index.folder_of(engine)
    if lost == "state.json":
        (folder / lost).unlink()
    elif lost == "all":
        shutil.rmtree(folder)
    else:
        for child in folder.iterdir():
            if child.is_dir():
                shutil.rmtree(child)
    assert found(engine, "خبر") == {1}
    assert len([each for each in folder.iterdir() if each.is_dir()]) == 1


def test_damage_is_said_and_mended_by_reindex(engine: Engine) -> None:
    for number in range(1, 20):
        add(engine, number, f"خبر رقم {number}")
    assert found(engine, "3") == {3}
    (generation,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    (generation / "meta.json").write_text("{")
    with pytest.raises(ArchiveError, match="run: warraq reindex"):
        search(engine, "خبر")
    index.rebuild(engine)
    assert found(engine, "3") == {3}


def test_the_index_of_another_database_in_the_same_folder_is_left_alone(both: tuple[Engine, Engine]) -> None:
    one, other = both
    other.update_execution_options(warraq_folder=one.get_execution_options()["warraq_folder"])
    add(one, 1, "خبر")
    add(other, 2, "خبر")
    for _ in range(2):
        assert (found(one, "خبر"), found(other, "خبر")) == ({1}, {2})


def test_an_older_copy_of_the_database_gets_an_index_of_its_own(tmp_path: Path, both: tuple[Engine, Engine]) -> None:
    engine, _ = both
    add(engine, 1, "خبر")
    path = engine.get_execution_options()["warraq_path"]
    engine.dispose()
    shutil.copy(path, tmp_path / "copy.db")
    add(engine, 2, "خبر")
    change(engine, 1, text="شيء")
    assert found(engine, "خبر") == {2}
    engine.dispose()
    shutil.copy(tmp_path / "copy.db", path)
    assert found(engine, "خبر") == {1}


def test_the_longest_queries_are_answered(both: tuple[Engine, Engine]) -> None:
    numbered = [f"كلمه{number}" for number in range(64)]
    for engine in both:
        add(engine, 1, " ".join(numbered))
        add(engine, 2, numbered[5])
        assert found(engine, " ".join(numbered)) == {1}
        assert found(engine, " | ".join(numbered)) == {1, 2}
        assert found(engine, f'"{" ".join(numbered)}"') == {1}
        assert found(engine, f"{numbered[5]} -" + " -".join(numbered[6:])) == {2}


def test_a_reader_that_may_not_write_to_the_database_can_search(engine: Engine, database_url: str) -> None:
    add(engine, 1, "خبر")
    reader = connect(database_url, readonly=True, folder=engine.get_execution_options()["warraq_folder"])
    assert found(reader, "خبر") == {1}
    reader.dispose()


def test_where_there_is_no_folder_the_index_is_in_the_users_cache(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    engine.update_execution_options(warraq_folder=tmp_path / "absent")
    add(engine, 1, "خبر")
    assert found(engine, "خبر") == {1}
    assert not (tmp_path / "absent").exists()
    assert list((tmp_path / "cache" / "warraq" / index_folder.FOLDER).iterdir())


def huge_texts() -> list[str]:
    return [
        " ".join(f"كلمه{number}" for number in range(20_000)) + " النهايه القصوى",
        "مكرر " * 20_000 + "النهايه القصوى",
        "مكرر قبل " * 300 + "النهايه القصوى",
        " ".join(f"{number}{'طويل' * 200}" for number in range(4_000)) + " النهايه القصوى",
        "متصل" * 100_000,
        "\n\n".join("سطر" for _ in range(17_000)),
    ]


@pytest.mark.slow
def test_a_huge_text_is_found_by_its_last_words(both: tuple[Engine, Engine]) -> None:
    for engine in both:
        for number, written in enumerate(huge_texts(), 1):
            add(engine, number, written, title="خبر")
        add(engine, 7, "القصوى", title=huge_texts()[0], subtitle="خبر")
    sqlite, postgres = both
    queries = ["كلمه1", "كلمه19999", '"كلمه15000 كلمه15001"', '"كلمه19000 كلمه19001"', "مكرر", '"مكرر النهايه"',
               '"مكرر مكرر"', '"النهايه القصوى"', "القصوى", '"مكرر قبل النهايه"', "خبر", "سطر", '"سطر سطر"',
               "متصل" * 16, "متصل" * 400]  # fmt: skip
    answers = {query: found(sqlite, query) for query in queries}
    assert answers == {query: found(postgres, query) for query in queries}
    assert answers["كلمه19999"] == answers['"كلمه19000 كلمه19001"'] == {1, 7}
    assert answers["القصوى"] >= {1, 2, 3, 7}
    assert answers["متصل" * 400] == {5}


def test_the_sequence_of_changes_is_left_to_the_database(engine: Engine) -> None:
    """An article has one row in the change log, however often it changes."""
    for times in range(3):
        add(engine, times + 1, "خبر")
        change(engine, 1, text=f"نص {times}")
    with engine.connect() as connection:
        assert connection.execute(text("select article_id from changes order by id")).scalars().all() == [2, 3, 1]
