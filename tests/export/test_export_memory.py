"""An export of many articles takes the memory of one of few, in every format."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rooms.export import make_archive

FEW, MANY = 6_000, 24_000  # zstd has filled its own buffers by the former
TEXT = "كلمات كثيرة " * 300  # those that MANY has more are 120 MB in memory


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("memory")
    paths = []
    for count in (FEW, MANY):
        make_archive(f"sqlite:///{folder}/{count}.db", count, text=TEXT).dispose()
        paths.append(str(folder / f"{count}.db"))
    return paths


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet"])
def test_ten_times_the_articles_take_no_more_memory_in_any_format(
    archives: list[str], tmp_path: Path, suffix: str
) -> None:
    command = [sys.executable, "-m", "tests.support.rooms.export_memory", str(tmp_path / f"out{suffix}"), *archives]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    few, many = map(float, ran.stdout.split())
    assert many < 1.2 * few, f"{few} MB, {many} MB"
