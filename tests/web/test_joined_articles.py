"""The number of an article that turned out to be another one leads on to that, in the reader, the API and `show`."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.archives import NOW, article, capture, save
from tests.support.running import warraq
from tests.support.web.served import Served, serving

FIRST, SECOND = "https://example.com/politics/123-budget", "https://example.com/sport/123-budget"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Article 2 comes to show what article 1 shows."""
    folder = tmp_path_factory.mktemp("joined")
    with Archive.open(folder / "archive") as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        texts = ((FIRST, "النص الأول"), (SECOND, "نص غيره تماما"), (SECOND, "النص الأول"))
        for minutes, (url, text) in enumerate(texts):
            run_id = archive.start_run("example", now=NOW + timedelta(minutes=minutes))
            save(archive, run_id, capture(url, minutes=minutes), article(url, text))
            archive.finish_run(run_id, status="done", now=NOW + timedelta(minutes=minutes), requests=1)
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[Served]:
    with serving(folder / "archive") as running:
        yield running


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/articles/2", "/articles/1"),
        ("/articles/02", "/articles/1"),
        ("/articles/2/versions/1", "/articles/1"),
        ("/articles/2/captures/2?lang=en", "/articles/1/captures/2?lang=en"),
        ("/api/v1/articles/2", "/api/v1/articles/1"),
        ("/api/v1/articles/2/diff?from=1&to=2", "/api/v1/articles/1/versions"),
        ("/api/v1/articles/2/captures", "/api/v1/articles/1/captures"),
    ],
)
def test_the_old_number_leads_to_the_new_one(reader: Served, path: str, to: str) -> None:
    answer = reader.ask(path)
    assert (answer.status, answer.headers["location"]) == (301, to)
    assert reader.ask(to).status == 200


def test_commands_take_the_old_number(folder: Path) -> None:
    shown = json.loads(warraq("show", "2", "--json", cwd=folder).out)
    assert (shown["id"], shown["url"]) == (1, FIRST)
    assert len(json.loads(warraq("history", "2", "--json", cwd=folder).out)) >= 3
