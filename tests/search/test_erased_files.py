"""What a removal leaves in the files of the search index: nothing of the article, at the price of merging some of them."""

from collections.abc import Iterator

import pytest
import tantivy
from sqlalchemy import Engine

from storage.search import index
from storage.search.index_check import differences
from storage.search.segments import segment_merge
from tests.support.rooms.search import add, add_many, found, segments, take_down

SECRET, TAG = "ضغطقثصحخ", "شخظجذزسط"
FIELDS = ("keys", "words", "marks", "tags", "bylines", "sections")


@pytest.fixture
def big(engine: Engine) -> Engine:
    """An archive whose index has a segment of 600 articles, one with words that no other has, and a smaller segment."""
    add(engine, 1, f"خبر {SECRET} سري", title=SECRET, tags=[TAG])
    add_many(engine, 2, [f"خبر رقم {number}" for number in range(2, 601)])
    index.catch_up(engine)
    add_many(engine, 601, [f"خبر رقم {number}" for number in range(601, 641)])
    index.catch_up(engine)
    return engine


def traces(engine: Engine) -> set[str]:
    """Where the index's files hold the secret words: fields whose terms begin with them, and files with their bytes."""
    (generation,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    searcher = tantivy.Index.open(str(generation)).searcher()
    fields = {
        field
        for field in FIELDS
        for mark in ("", "t:", "t=", "l:")
        for word in (SECRET, TAG)
        if searcher.terms_with_prefix(field, mark + word)
    }
    return fields | set(files_with(engine, SECRET.encode())) | set(files_with(engine, TAG.encode()))


def files_with(engine: Engine, content: bytes) -> Iterator[str]:
    for path in index.folder_of(engine).rglob("*"):
        # A dictionary of terms keeps them from their last letter on.
        if path.is_file() and any(each in path.read_bytes() for each in (content, content[::-1])):
            yield path.suffix


def remove_secret(engine: Engine) -> None:
    take_down(engine, 1)
    index.catch_up(engine)
    assert found(engine, SECRET) == set()
    # Another transaction of a PostgreSQL server can make an index take all articles in once more, and drop their files.
    if engine.dialect.name == "sqlite":
        assert {"words", "marks", "tags"} <= traces(engine)
        assert traces(engine) & {".term", ".fast"}


def assert_erased(engine: Engine) -> None:
    assert traces(engine) == set()
    assert {each["deletes"] for each in segments(engine)} == {None}
    listed = {each["segment_id"].replace("-", "") for each in segments(engine)}
    (generation,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    assert {each.name.split(".")[0] for each in generation.iterdir() if each.name[0] != "."} == {*listed, "meta"}
    with engine.connect() as connection:
        assert list(differences(connection)) == []


def no_build(*_: object) -> int:
    raise AssertionError("the index was made anew")


@pytest.mark.parametrize("small", [segment_merge.SMALL, 200, 80])
def test_a_removal_leaves_no_word_in_the_files_and_makes_nothing_anew(
    big: Engine, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    """Whether the segment is merged whole, in three parts, or in eight."""
    monkeypatch.setattr(segment_merge, "SMALL", small)
    remove_secret(big)
    monkeypatch.setattr(index, "_build", no_build)
    index.catch_up(big, scrub=True)
    assert_erased(big)
    assert found(big, "خبر") == set(range(2, 641))
    assert found(big, "599") == {599}


def test_the_index_takes_in_and_erases_more_afterwards(big: Engine) -> None:
    remove_secret(big)
    index.catch_up(big, scrub=True)
    for number in range(2, 8):
        take_down(big, number)
        add(big, 1_000 + number, f"خبر {SECRET}")
        index.catch_up(big, scrub=True)
    assert found(big, SECRET) == {1_000 + number for number in range(2, 8)}
    assert found(big, "خبر") == {*range(8, 641), *range(1_002, 1_008)}
    for number in range(2, 8):
        take_down(big, 1_000 + number)
    index.catch_up(big, scrub=True)
    assert_erased(big)


def test_a_removal_of_a_segment_of_few_articles_leaves_no_word(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add(engine, 1, f"خبر {SECRET} سري", title=SECRET, tags=[TAG])
    add_many(engine, 2, [f"خبر رقم {number}" for number in range(2, 12)])
    index.catch_up(engine)
    remove_secret(engine)
    monkeypatch.setattr(index, "_build", no_build)
    index.catch_up(engine, scrub=True)
    assert_erased(engine)
    assert found(engine, "خبر") == set(range(2, 12))


def test_a_removal_of_all_articles_leaves_nothing(engine: Engine) -> None:
    add(engine, 1, SECRET, title=SECRET, tags=[TAG])
    index.catch_up(engine)
    take_down(engine, 1)
    index.catch_up(engine, scrub=True)
    assert traces(engine) == set()
    add(engine, 2, SECRET)
    assert found(engine, SECRET) == {2}


@pytest.mark.parametrize("fault", ["another layout", "no merge"])
def test_where_tantivy_merges_otherwise_the_index_is_made_anew(
    big: Engine, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    remove_secret(big)
    if fault == "no merge":
        monkeypatch.setattr(segment_merge, "TOGETHER", 7)
    else:
        monkeypatch.setattr(segment_merge, "_living", no_number)
    index.catch_up(big, scrub=True)
    assert_erased(big)


def no_number(segment: dict[str, object]) -> int:
    raise KeyError(segment)
