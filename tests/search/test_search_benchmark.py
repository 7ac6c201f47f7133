"""The search benchmark: its corpus is the same for a seed, its queries find something, and a small run gives all rows."""

from itertools import islice
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.search import index, search
from tests.benchmarks.search import __main__ as benchmark
from tests.benchmarks.search.corpus import corpus, fill
from tests.benchmarks.search.peers import Fts5
from tests.benchmarks.search.questions import questions
from tests.benchmarks.search.timings import p95, warm


@pytest.mark.slow
def test_the_same_seed_gives_the_same_articles_and_another_others() -> None:
    first, again, other = (list(islice(corpus(50, seed).rows(), 50)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_frequent_words_are_frequent() -> None:
    made = corpus(200, 1)
    texts = [set(row["text"].split()) for row in made.rows()]
    common, rare = (sum(word in text for text in texts) for word in (made.words[0], made.words[20_000]))
    assert common > 100
    assert rare < 10


@pytest.mark.slow
def test_the_peer_finds_as_many_articles_for_a_word_in_one_spelling(tmp_path: Path) -> None:
    made = corpus(300, 1)
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive.engine, made)
        index.rebuild(archive.engine)
        peer = Fts5()
        peer.build(archive.engine)
        with archive.engine.connect() as connection:
            for kind in ("one word, very common", "one word, rare", "phrase"):
                for question in questions(made)[kind]:
                    exact = search(archive.engine, question.query, exact=True).total
                    assert peer.ask(connection, question) == exact, question
                    assert search(archive.engine, question.query).total >= exact


@pytest.mark.slow
def test_no_kind_of_query_costs_far_more_than_reading_twenty_hits(tmp_path: Path) -> None:
    """In processor time, which other work on the machine leaves alone; a search that walks all articles would show."""
    made = corpus(1_000, 1)
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive.engine, made)
        index.rebuild(archive.engine)
        asked = {kind: each[:6] for kind, each in questions(made).items()}
        times = warm(archive.engine, None, asked, 2)
    cheapest = min(p95(each.found.processor) for each in times.values())
    assert all(p95(each.whole.processor) < 25 * cheapest for each in times.values())


@pytest.mark.slow
@pytest.mark.parametrize("part", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_small_run_prints_every_kind(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], postgres_server: str
) -> None:
    options = ["--articles", "5000", "--cold", "1", "--rounds", "1", "--part", part, "--postgres", postgres_server]
    assert benchmark.main([*options, "--folder", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "5,000 articles." in printed
    assert all(f"| {kind} |" in printed for kind in questions(corpus(500, 1)))
