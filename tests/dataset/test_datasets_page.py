"""docs/datasets.md as it is written: from the demo's archive to load_dataset."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rooms.docs import fences, text
from tests.support.running import environment


@pytest.mark.slow
def test_the_page_leads_from_an_archive_to_load_dataset(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    shell, python = fences(text("docs/datasets.md"))[:2]
    for line in shell.splitlines():
        _, *words = shlex.split(line, comments=True)
        ran = subprocess.run(
            [sys.executable, "-m", "crawler", *words], cwd=tmp_path, env=environment(), capture_output=True, check=False
        )
        assert ran.returncode == 0, ran.stderr.decode()
    ran = subprocess.run(
        [sys.executable, "-c", python],
        cwd=tmp_path,
        env=environment() | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert "timestamp[us, tz=UTC]" in ran.stdout.decode()
