"""A file as CC-NEWS has them: the wanted articles, what was left out, and what could not be kept."""

from pathlib import Path

import orjson
import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.db.database import read_transaction
from tests.support.imports.cc_news import Made, write_cc_news
from tests.support.running import warraq


@pytest.fixture(scope="module")
def cc_news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    path = tmp_path_factory.mktemp("cc") / "CC-NEWS-20260501.warc.gz"
    return path, write_cc_news(path, 1000, arabic=0.1)


def titles(folder: Path) -> dict[str, str]:
    with Archive.open(folder) as archive, read_transaction(archive.engine) as connection:
        return {row.url: row.title for row in connection.execute(text("select url, title from articles"))}


@pytest.mark.slow
def test_the_arabic_articles_are_taken_in_and_every_other_page_is_told(
    tmp_path: Path, cc_news: tuple[Path, Made]
) -> None:
    path, made = cc_news
    options = ("import", str(path), "--language", "ar", "--archive", "a", "--json")
    ran = warraq(*options, "--rejects", "rejects.jsonl", cwd=tmp_path)
    (result,) = ran.json["results"]
    assert ran.code == 5  # records that are damaged are lost, which is told
    assert titles(tmp_path / "a") == made.articles
    assert result["skipped"] == {"language": made.kinds["other language"]}
    rejected = [orjson.loads(line) for line in (tmp_path / "rejects.jsonl").read_bytes().splitlines()]
    assert {each["url"] for each in rejected if each["reason"] == "unreadable"} == made.unreadable
    assert sum(each["reason"] == "damaged" for each in rejected) == made.kinds["broken record"]
    assert sum(each["reason"] == "no-article" for each in rejected) == made.kinds["listing"]
    ran = warraq(*options, cwd=tmp_path)
    (again,) = ran.json["results"]
    assert (again["captures"], again["articles"], again["changed"]) == (0, 0, 0)
    assert again["known"] == result["captures"]


@pytest.mark.slow
def test_sites_and_declared_only_leave_out_records_before_they_are_read(
    tmp_path: Path, cc_news: tuple[Path, Made]
) -> None:
    path, made = cc_news
    ran = warraq("import", str(path), "--declared-only", "--archive", "none", "--json", cwd=tmp_path)
    (result,) = ran.json["results"]
    assert (result["captures"], result["articles"]) == (0, 0)
    assert result["skipped"] == {"undeclared": made.records - made.kinds["broken record"]}
    chosen = "arabic0.example,www.arabic1.example"
    ran = warraq("import", str(path), "--sites", chosen, "--archive", "two", "--json", cwd=tmp_path)
    wanted = {url: title for url, title in made.articles.items() if url.split("/")[2][-9] in "01"}
    assert titles(tmp_path / "two") == wanted
    assert wanted


@pytest.mark.slow
def test_an_interrupted_import_is_continued_by_the_same_command(tmp_path: Path, cc_news: tuple[Path, Made]) -> None:
    path, made = cc_news
    content = path.read_bytes()
    (tmp_path / path.name).write_bytes(content[: len(content) // 2])
    options = ("--language", "ar", "--archive", "a", "--json")
    (half,) = warraq("import", path.name, *options, cwd=tmp_path).json["results"]
    assert 0 < half["articles"] < len(made.articles)
    (tmp_path / path.name).write_bytes(content)
    (rest,) = warraq("import", path.name, *options, cwd=tmp_path).json["results"]
    assert half["articles"] + rest["articles"] == len(made.articles)
    assert titles(tmp_path / "a") == made.articles


@pytest.mark.parametrize("wrong", [("--language", "fr"), ("--rejects", "there.jsonl"), ("--rejects", "no/such.jsonl")])
def test_a_wrong_option_is_refused_in_one_line_and_nothing_is_made(tmp_path: Path, wrong: tuple[str, str]) -> None:
    (tmp_path / "x.warc").write_bytes(b"WARC/1.0\r\n")
    (tmp_path / "there.jsonl").write_bytes(b"mine")
    ran = warraq("import", "x.warc", *wrong, "--archive", "a", cwd=tmp_path)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "there.jsonl").read_bytes() == b"mine"
