"""One catch-up at a time, and none within the lag; without a lag everybody catches up."""

from pathlib import Path

from storage.archive import Archive
from storage.search.freshness import Freshness, allow_lag, catch_up_turn


def test_turns():
    freshness = Freshness(3600.0)
    with freshness.turn() as first, freshness.turn() as second:
        assert (first, second) == (True, False)
    with freshness.turn() as third:
        assert not third, "within the lag"
    always = Freshness(0.0)
    for _ in range(2):
        with always.turn() as mine, always.turn() as another:
            assert (mine, another) == (True, False)


def test_an_engine_without_a_lag_always_catches_up(tmp_path: Path):
    with Archive.open(tmp_path / "archive") as archive:
        for _ in range(2):
            with catch_up_turn(archive.engine) as mine:
                assert mine
        allow_lag(archive.engine, 3600.0)
        with catch_up_turn(archive.engine) as mine:
            assert mine
        with catch_up_turn(archive.engine) as mine:
            assert not mine
