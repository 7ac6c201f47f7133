"""pywb, the replay program of web archives, serves pages from our WARC files: responses, revisits, answers of 304.

It is in the extra `bench`; where that is not installed, an environment is made for it.
"""

import os
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.evidence.replay_programs import get, programs, served_by_pywb
from tests.support.small_archive import HOME, fill


@pytest.fixture(scope="session")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pywb")
    return programs("wayback", "pywb", home, named=os.environ.get("WARRAQ_PYWB"), beside=("setuptools",))


@pytest.fixture
def replay(pywb: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a collection of our files, served by pywb."""
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    files = sorted((tmp_path / "archive/warc").glob("*.warc.gz"))
    with served_by_pywb(pywb, tmp_path, "ours", *files) as address:
        yield address


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
