"""An export of many articles takes the memory of one of few, in every format."""

from pathlib import Path

import pytest

from tests.benchmarks.export import peak_mb
from tests.support.rooms.export import make_archive

FEW, MANY = 6_000, 24_000  # zstd has filled its own buffers by the former
TEXT = "كلمات كثيرة " * 300  # those that MANY has more are 120 MB in memory


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("memory")
    paths = []
    for count in (FEW, MANY):
        make_archive(f"sqlite:///{folder}/{count}.db", count, text=TEXT).dispose()
        paths.append(folder / f"{count}.db")
    return paths


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet"])
@pytest.mark.slow
def test_ten_times_the_articles_take_no_more_memory_in_any_format(
    archives: list[Path], tmp_path: Path, suffix: str
) -> None:
    few, many = (peak_mb(each, tmp_path / f"out{suffix}") for each in archives)
    assert many < 1.2 * few, f"{few} MB, {many} MB"
