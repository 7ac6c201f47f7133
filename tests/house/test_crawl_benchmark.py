"""The crawl benchmark runs, and says what it promises: three crawls of the same pages, and where the time goes."""

import re

import pytest

from tests.benchmarks import crawl

SMALL = ("--sites", "2", "--articles", "12", "--rounds", "1", "--held", "0.5")


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), pytest.param(("--postgres",), marks=pytest.mark.postgres)])
def test_the_three_crawls_are_measured_in_one_run(
    more: tuple[str, ...], capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    if more:
        request.getfixturevalue("postgres_server")
    assert crawl.main([*SMALL, *more]) == 0
    said = capsys.readouterr().out
    for name in crawl.NAMES.values():
        (row,) = re.findall(rf"^\| {name} \| ([\d.]+) \| ([\d.]+) \| [\d.]+ \|$", said, re.MULTILINE)
        assert float(row[1]) > 0
    assert "| warraq writer |" in said
    assert re.search(r"reads for 0\.5 s: median [\d.]+ ms", said)
