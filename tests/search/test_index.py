"""The search index follows the articles, can be made again, and bears texts of any size."""

import pytest
from sqlalchemy import Engine, text, update

from storage.db.database import connect
from storage.db.schema import articles, facts
from storage.errors import ArchiveError
from storage.search import index
from storage.search.engine import search
from tests.support.rooms.search import add, found


def test_a_changed_article_is_found_by_its_new_words_only_and_a_removed_one_by_none(engine: Engine) -> None:
    add(engine, 1, "الكلام القديم")
    add(engine, 2, "الكلام الباقي")
    with engine.begin() as connection:
        index.index_article(connection, 1, title="آخر", subtitle=None, text="الكلام الجديد")
    assert found(engine, "القديم | عنوان -الباقي") == set()
    assert found(engine, "الجديد") == {1}
    with engine.begin() as connection:
        index.remove_article(connection, 1)
        index.remove_article(connection, 1)
        index.remove_article(connection, 99)
    assert found(engine, "الكلام") == {2}
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("insert into search_index (search_index) values ('integrity-check')"))
            left = connection.execute(text("select count(*) from search_words")).scalar_one()
        assert left == 1


def test_an_index_of_other_rules_is_made_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        add(engine, number, f"خبر {number}")
    with engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.id == 5).values(status="removed"))
        connection.execute(update(articles).where(articles.c.id == 4).values(text="شيء"))
        index.ensure(connection)
    assert 4 in found(engine, "خبر"), "nothing is done while the rules are the same"
    monkeypatch.setattr(index, "VERSION", "0.0.0")
    with pytest.raises(ArchiveError, match="warraq reindex"):
        search(engine, "خبر")
    with engine.begin() as connection:
        index.ensure(connection)
    assert found(engine, "خبر") == {1, 2, 3}


def test_rebuild_is_whole_reports_progress_and_leaves_the_same_answers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    for number in range(1, 6):
        add(engine, number, f"خبر رقم {number}")
    seen: list[tuple[int, int]] = []
    assert index.rebuild(engine, lambda done, total: seen.append((done, total))) == 5
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert found(engine, "خبر") == {1, 2, 3, 4, 5}
    assert found(engine, "3") == {3}


def test_a_rebuild_that_dies_leaves_the_old_index(engine: Engine) -> None:
    add(engine, 1, "خبر")

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(engine, die)
    assert found(engine, "خبر") == {1}


def test_search_without_an_index_says_so(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(facts.delete())
    with pytest.raises(ArchiveError, match="warraq reindex"):
        search(engine, "خبر")


def test_the_longest_queries_are_answered(both: tuple[Engine, Engine]) -> None:
    numbered = [f"كلمه{number}" for number in range(64)]
    for engine in both:
        add(engine, 1, " ".join(numbered))
        add(engine, 2, numbered[5])
        assert found(engine, " ".join(numbered)) == {1}
        assert found(engine, " | ".join(numbered)) == {1, 2}
        assert found(engine, f'"{" ".join(numbered)}"') == {1}
        assert found(engine, f"{numbered[5]} -" + " -".join(numbered[6:])) == {2}


def test_a_reader_that_may_not_write_can_search(engine: Engine, database_url: str) -> None:
    add(engine, 1, "خبر")
    reader = connect(database_url, readonly=True)
    assert found(reader, "خبر") == {1}
    reader.dispose()


def huge_texts() -> list[str]:
    return [
        " ".join(f"كلمه{number}" for number in range(20_000)) + " النهايه القصوى",
        "مكرر " * 20_000 + "النهايه القصوى",
        "مكرر قبل " * 300 + "النهايه القصوى",
        " ".join(f"{number}{'طويل' * 200}" for number in range(4_000)) + " النهايه القصوى",
        "متصل" * 100_000,
        "\n\n".join("سطر" for _ in range(17_000)),
    ]


def test_a_huge_text_is_kept_within_limits_and_found_alike(both: tuple[Engine, Engine]) -> None:
    for engine in both:
        for number, written in enumerate(huge_texts(), 1):
            add(engine, number, written, title="خبر")
        add(engine, 7, "القصوى", title=huge_texts()[0])
        with engine.begin() as connection:
            index.index_article(connection, 7, title=huge_texts()[0], subtitle="خبر", text="القصوى")
    sqlite, postgres = both
    queries = ["كلمه1", "كلمه19999", '"كلمه15000 كلمه15001"', '"كلمه19000 كلمه19001"', "مكرر", '"مكرر النهايه"',
               '"مكرر مكرر"', '"النهايه القصوى"', "القصوى", '"مكرر قبل النهايه"', "خبر", "سطر", '"سطر سطر"',
               "متصل" * 16, "متصل" * 400]  # fmt: skip
    answers = {query: found(sqlite, query) for query in queries}
    assert answers == {query: found(postgres, query) for query in queries}
    assert answers["كلمه19999"] == {1, 7}, "past the last position words are still found"
    assert answers['"كلمه19000 كلمه19001"'] == set(), "but not as phrases"
    assert answers["القصوى"] >= {1, 2, 3, 7}
    assert answers["متصل" * 400] == {5}
