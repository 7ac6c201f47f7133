"""An article that was imported says so in the reader and in the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.imports.text_files import own_record, take, write_lines
from tests.support.web.served import Served, serving


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("imported")
    with Archive.open(folder / "archive") as archive:
        take(archive, write_lines(folder / "given.jsonl", own_record()), "warraq")
    with serving(folder / "archive") as running:
        yield running


def test_the_page_names_format_file_and_time_in_both_languages(reader: Served) -> None:
    for language, label, only in (
        ("ar", "مستورد", "لا تُظهره أي لقطة في هذا الأرشيف"),
        ("en", "Imported", "no capture of this archive shows it"),
    ):
        shown = reader.ask(f"/articles/1?lang={language}").text
        assert f"<dt>{label}</dt>" in shown
        assert only in shown
        assert "given.jsonl" in shown


def test_the_api_gives_the_format_and_where_each_version_is_from(reader: Served) -> None:
    assert reader.ask("/api/v1/articles/1").json["imported_from"] == "warraq"
    (version,) = reader.ask("/api/v1/articles/1/versions").json["versions"]
    assert (version["imported"]["format"], version["imported"]["file"]) == ("warraq", "given.jsonl")
    described = reader.ask("/api/v1/openapi.json").json["components"]["schemas"]
    assert "imported_from" in described["ArticleAnswer"]["properties"]
    assert "imported" in described["VersionAnswer"]["properties"]


def test_what_a_capture_shows_says_nothing_of_imports(filled: tuple[Path, dict[str, int]]) -> None:
    with serving(filled[0]) as running:
        assert "given.jsonl" not in running.ask("/articles/1").text
        assert "<dt>مستورد</dt>" not in running.ask("/articles/1").text
        assert running.ask("/api/v1/articles/1").json["imported_from"] is None
