"""pywb, the replay program of web archives, serves pages from our WARC files: responses, revisits, answers of 304.

It is in the extra `bench`; where that is not installed, an environment is made for it.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.requirements import lacks
from tests.support.small_archive import HOME, fill

EXTRA = [each.partition(";") for each in metadata.requires("warraq") or ()]
WANTED = [each for each, _, when in EXTRA if "bench" in when and each.startswith(("pywb", "setuptools"))]


@pytest.fixture(scope="session")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pywb's programs: of WARRAQ_PYWB, beside this Python, of the PATH, or of an environment made now."""
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = os.environ.get("WARRAQ_PYWB") or shutil.which("wayback", path=beside)
    if found:
        return Path(found) if Path(found).is_dir() else Path(found).parent
    home = tmp_path_factory.mktemp("pywb")
    made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        command = [home / "bin/python", "-m", "pip", "install", "-q", *WANTED]
        made = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    if made.returncode != 0:
        lacks("pywb", f"{' '.join(WANTED)} can't be installed: {made.stderr.strip().splitlines()[-1:]}")
    return home / "bin"


@pytest.fixture
def replay(pywb: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a collection of our files, served by pywb."""
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    files = sorted((tmp_path / "archive/warc").glob("*.warc.gz"))
    for command in (["init", "ours"], ["add", "ours", *map(str, files)]):
        subprocess.run([pywb / "wb-manager", *command], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [pywb / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < until
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/ours"
    finally:
        server.kill()
        server.wait()


def get(url: str) -> tuple[str, str]:
    """(body, when the page served was captured)"""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - of our own server
        return answer.read().decode(), answer.headers.get("Memento-Datetime", "")


@pytest.mark.slow
def test_pywb_serves_responses_and_revisits_from_our_files(replay: str) -> None:
    assert get(f"{replay}/20260507080001id_/{HOME}/1")[0] == "عنوان\nنص أول"
    assert get(f"{replay}/20260507130001id_/{HOME}/1")[0] == "عنوان\nنص معدل"
    body, at = get(f"{replay}/20260507140001id_/{HOME}/1")
    assert body == "عنوان\nنص أول", "a revisit is served with the bytes of the capture that it refers to"
    assert at == "Thu, 07 May 2026 14:00:01 GMT"
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(f"{replay}/20260508130002id_/{HOME}/2")
    assert missing.value.code == 404
