"""An S3 server for the files of this room, a bucket for each test, and archives that keep their WARC files there."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.warc.store import object_store
from tests.support.stores.s3 import Bucket, credentials, new_bucket, s3_server


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    for name, value in credentials().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    object_store._opened.cache_clear()
    yield new_bucket(endpoint)
    object_store._opened.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"
