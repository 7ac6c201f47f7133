"""`--engine`: what is said without Ray, and checks of files in several processes."""

from pathlib import Path

import pytest

from crawler.workers.bulk.engines import bulk_engine
from crawler.workers.bulk.file_checks import checks_in
from storage.archive import Archive
from storage.maintenance.verify import verify
from storage.warc.store.stored_file import local_files
from tests.support.running import ROOT, warraq
from tests.support.small_archive import fill


@pytest.mark.parametrize("arguments", [("verify",), ("reextract", "--yes"), ("import", "archive/warc")])
def test_without_ray_one_line_names_the_command_that_installs_it(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    (tmp_path / "lacking").mkdir()
    (tmp_path / "lacking" / "ray.py").write_text("raise ImportError('no module named ray')\n")
    ran = warraq(*arguments, "--engine", "ray", cwd=tmp_path, PYTHONPATH=f"{tmp_path / 'lacking'}:{ROOT}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "warraq: --engine ray needs Ray: pip install 'warraq[ray]'\n"


def test_files_that_are_checked_in_processes_give_the_same_report(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        first, second = local_files(archive.folder)[:2]
        content = bytearray(first.read_bytes())
        content[len(content) // 2] ^= 1
        first.write_bytes(content)
        second.write_bytes(second.read_bytes()[:-5])
        alone = verify(archive.engine, archive.folder)
        with bulk_engine("local") as new_pool:
            together = verify(archive.engine, archive.folder, checks=checks_in(new_pool))
    assert not alone.ok
    assert together.as_json() == alone.as_json()
