"""JSON of other programs, flattened pages, and maps that the user gives."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from storage import queries
from storage.archive import Archive
from storage.db.database import read_transaction
from storage.errors import UsageError
from storage.imports.field_maps import users_map
from storage.imports.reject_log import RejectLog
from storage.imports.text_import import TextsImported
from storage.maintenance.verify import verify
from storage.removal import remove
from tests.support.imports.text_files import NOW, own_record, take, write_lines
from tests.support.running import warraq
from tests.support.small_archive import HOME, fill, keep, page
from tests.support.small_archive import NOW as CRAWLED

BODY = "قالت البلدية إن الجسر سيفتح غدا.\nوأضافت أن الأعمال انتهت."
NEWS_PLEASE = {
    "authors": ["سلمى القبطان"], "date_download": "2026-05-08 10:00:00", "date_modify": None,
    "date_publish": "2026-05-07 09:30:00", "description": "موجز الخبر", "filename": "x.html.json",
    "image_url": "https://np.example/a.jpg", "language": "ar", "localpath": None, "maintext": BODY,
    "source_domain": "np.example", "text": None, "title": "إعادة فتح الجسر", "title_page": None, "title_rss": None,
    "url": "https://np.example/news/12?utm_source=x",
}  # fmt: skip
FUNDUS = {
    "title": "إعادة فتح الجسر",
    "authors": ["سلمى القبطان"],
    "publishing_date": "2026-05-07 09:30:00+03:00",
    "topics": ["طرق", "مرسى النور"],
    "free_access": True,
    "body": {
        "summary": ["موجز الخبر."],
        "sections": [{"headline": ["التفاصيل"], "paragraphs": BODY.split("\n")}],
    },
    "html": {"requested_url": "https://fundus.example/12", "crawl_date": "2026-05-08 10:00:00+00:00"},
}


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def only(archive: Archive) -> dict[str, Any]:
    record = queries.article_by(archive.engine, 1)
    assert record is not None
    return record


def counts(done: TextsImported) -> tuple[int, int, int]:
    return done.articles, done.changed, done.known


def test_news_please_folders_are_taken_in_by_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "np/2026/05"
    folder.mkdir(parents=True)
    for number in range(3):
        record = NEWS_PLEASE | {"url": f"https://np.example/news/{number}"}
        (folder / f"{number}.json.gz").write_bytes(gzip.compress(json.dumps(record, indent=2).encode()))
    ran = warraq("import", "np", "--json", cwd=tmp_path)
    assert (ran.code, [each["articles"] for each in ran.json["results"]]) == (0, [1, 1, 1]), ran.err
    assert {each["format"] for each in ran.json["results"]} == {"news-please"}
    with Archive.open(tmp_path / "archive") as archive:
        record = only(archive)
    assert record["text"] == BODY.replace("\n", "\n\n")
    assert (record["published_at"], record["published_source"]) == ("2026-05-07T09:30:00+00:00", "import")
    assert (record["first_seen_at"], record["site"]) == ("2026-05-08T10:00:00+00:00", "np_example")
    assert (record["authors"], record["image"]) == (["سلمى القبطان"], "https://np.example/a.jpg")
    history = warraq("history", "1", cwd=tmp_path).out
    assert "as news-please from 0.json.gz; no capture of ours shows it" in history
    assert warraq("history", "1", "--json", cwd=tmp_path).json[0]["imported"]["format"] == "news-please"
    assert "imported:" in warraq("show", "1", cwd=tmp_path).out
    assert warraq("verify", cwd=tmp_path).code == 0
    assert warraq("reextract", cwd=tmp_path).code == 0
    assert [each["kind"] for each in warraq("runs", "--json", cwd=tmp_path).json] == ["import"] * 3


def test_a_fundus_file_is_taken_in_with_its_nested_fields(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "fundus.json"
    path.write_bytes(orjson.dumps([FUNDUS, FUNDUS | {"body": None, "plaintext": BODY}], option=orjson.OPT_INDENT_2))
    done = take(archive, path)
    assert (done.format, done.records, done.articles) == ("fundus", 2, 1)
    record = queries.article_by(archive.engine, "https://fundus.example/12")
    assert record is not None
    assert record["tags"] == ["طرق", "مرسى النور"]
    first = queries.version(archive.engine, 1, 1)
    assert first is not None
    assert first["text"] == "\n\n".join(["موجز الخبر.", "التفاصيل", *BODY.split("\n")])


def test_plain_records_dates_in_words_and_pages_without_a_title(archive: Archive, tmp_path: Path) -> None:
    flattened = f"محليات\n\nإعادة فتح الجسر الجنوبي بعد الصيانة\n\n{BODY}"
    path = write_lines(
        tmp_path / "plain.jsonl",
        {"url": f"{HOME}/1", "text": BODY, "title": "خبر", "date": "٧ أيار ٢٠٢٦"},
        {"url": f"{HOME}/2", "text": flattened},
        {"url": f"{HOME}/3", "text": BODY, "title": "خبر ثالث", "date": "منذ ساعتين"},
    )
    done = take(archive, path)
    assert (done.format, done.articles, done.undated) == ("plain", 3, 1)
    first, second, third = (queries.article_by(archive.engine, f"{HOME}/{number}") for number in (1, 2, 3))
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first["published_at"], first["published_precision"]) == ("2026-05-07", "day")
    assert second["title"] == "إعادة فتح الجسر الجنوبي بعد الصيانة"
    assert third["published_at"] is None


def test_text_pages_have_their_url_in_the_first_line(archive: Archive, tmp_path: Path, shared: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"{HOME}/9\n{(shared / 'corpus/seed/page.txt').read_text()}")
    assert counts(take(archive, path)) == (1, 0, 0)
    assert only(archive)["url"] == f"{HOME}/9"
    assert "موسكو" in only(archive)["title"]
    assert counts(take(archive, path, now=NOW + timedelta(days=1))) == (0, 0, 1)
    log = RejectLog()
    path.write_text(BODY)
    take(archive, path, log=log)
    assert "its first line is no URL" in log.examples[0]


def test_the_users_map_says_which_field_is_which(tmp_path: Path) -> None:
    write_lines(tmp_path / "x.jsonl", {"link": f"{HOME}/1", "head": "عنوان", "body": BODY, "meta": {"words": ["طرق"]}})
    ran = warraq("import", "x.jsonl", "--map", "url=link,title=head,text=body,tags=meta.words", "--json", cwd=tmp_path)
    assert (ran.code, ran.json["results"][0]["articles"]) == (0, 1)
    with Archive.open(tmp_path / "archive") as archive:
        assert (only(archive)["tags"], only(archive)["imported_from"]) == (["طرق"], "fields")
    ran = warraq("import", "x.jsonl", cwd=tmp_path)
    assert ran.code == 2
    assert "whose fields are link, head, body, meta" in ran.err
    ran = warraq("import", "x.jsonl", "--map", "url=address,text=body", cwd=tmp_path)
    assert ran.code == 1
    assert "it has no address" in ran.out


def test_a_field_that_the_map_names_and_no_record_has_is_told(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "x.jsonl", {"link": f"{HOME}/1", "head": "خبر", "body": BODY, "meta": {"day": "2026-05-07"}}
    )
    named = "url=link,text=body,title=head,published_at=meta.day"
    assert take(archive, path, users_map(named)).absent == []
    assert take(archive, path, users_map(f"{named},tags=words,section=meta.part")).absent == ["words", "meta.part"]
    ran = warraq("import", "x.jsonl", "--map", f"{named},tags=words", cwd=tmp_path)
    assert (ran.code, "no record has a value for 'words'" in ran.out) == (0, True), ran.out


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("url=a,text=b,headline=c", "there is no field 'headline'"),
        ("url=a", "does not say where text are"),
        ("url=a,text", "names no field of the file"),
        ("url=a,text=b,text=c", "names text twice"),
    ],
)
def test_a_wrong_map_is_refused(given: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        users_map(given)


def test_each_broken_record_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    good = own_record(1)
    wrong = {
        "no title": good | {"title": None},
        "content_sha256": good | {"content_sha256": "0" * 64},
        "no http": good | {"url": "javascript:alert(1)"},
        "is no text": good | {"text": ["a"]},
        "can't be the name of a site": good | {"site": "../x"},
        "is no time": good | {"first_seen_at": "yesterday"},
        "neither live nor gone": good | {"status": "removed"},
        "is an edit": good | {"version_before": 1},
        "was removed": good | {"change": "removed"},
        "no number of minutes": good | {"published_offset": 10**9},
    }
    path = write_lines(tmp_path / "x.jsonl", good, *wrong.values(), [1])
    path.write_bytes(path.read_bytes() + b'\xff\xfe\n{"url": ')
    ran = warraq("import", "x.jsonl", "--preset", "warraq", "--rejects", "r.jsonl", "--json", cwd=tmp_path)
    (result,) = ran.json["results"]
    assert (ran.code, result["articles"], result["rejects"]) == (1, 1, {"invalid": len(wrong) + 3})
    rejects = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [each["record"] for each in rejects] == list(range(2, len(wrong) + 5))
    for words, each in zip(wrong, rejects, strict=False):
        assert words in each["detail"], each


@pytest.mark.slow
def test_a_cut_file_gives_what_it_has_and_is_told_to_be_damaged(tmp_path: Path) -> None:
    content = b"".join(orjson.dumps(own_record(number)) + b"\n" for number in range(2000))
    packed = gzip.compress(content)
    (tmp_path / "x.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    ran = warraq("import", "x.jsonl.gz", "--preset", "warraq", "--json", cwd=tmp_path)
    (half,) = ran.json["results"]
    assert ran.code == 5
    assert 0 < half["articles"] < 2000
    assert "cut short" in half["damaged"][0]
    (tmp_path / "x.jsonl.gz").write_bytes(packed)
    (rest,) = warraq("import", "x.jsonl.gz", "--preset", "warraq", "--json", cwd=tmp_path).json["results"]
    assert (rest["articles"], rest["known"]) == (2000 - half["articles"], half["articles"])


def test_a_text_never_changes_a_crawled_article_nor_brings_back_a_removed_one(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    log = RejectLog()
    path = write_lines(tmp_path / "x.jsonl", own_record(1), own_record(1, title="عنوان", text="نص معدل"))
    assert counts(take(archive, path, "warraq", log=log)) == (0, 0, 1)
    assert log.reasons == {"held": 1}
    remove(archive.engine, archive.folder, f"{HOME}/2", reason="r", by="b", now=NOW)
    take(archive, write_lines(tmp_path / "y.jsonl", own_record(2)), "warraq", log=log)
    assert log.reasons == {"held": 1, "removed": 1}
    removed = queries.article_by(archive.engine, f"{HOME}/2")
    assert removed is not None
    assert removed["status"] == "removed"


def test_a_removed_import_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    take(archive, write_lines(tmp_path / "x.jsonl", own_record(1)), "warraq")
    remove(archive.engine, archive.folder, f"{HOME}/1", reason="r", by="b", now=NOW)
    with read_transaction(archive.engine) as connection:
        assert connection.scalar(text("select count(*) from imported")) == 0
    assert only(archive)["imported_from"] is None
    assert counts(take(archive, tmp_path / "x.jsonl", "warraq")) == (0, 0, 0)


def test_a_capture_of_the_same_text_makes_an_imported_article_a_crawled_one(archive: Archive, tmp_path: Path) -> None:
    late = own_record(7, title="عنوان", text="نص سابع", first_seen_at="2026-05-01T00:00:00Z", last_seen_at=None)
    take(archive, write_lines(tmp_path / "x.jsonl", late), "warraq")
    assert only(archive)["imported_from"] == "warraq"
    run_id = archive.start_run("example", now=CRAWLED)
    keep(archive, run_id, page(f"{HOME}/7", CRAWLED, "عنوان\nنص سابع"))
    archive.finish_run(run_id, status="done", now=CRAWLED, requests=1)
    (version,) = queries.history(archive.engine, 1)
    assert version["imported"]["format"] == "warraq"
    assert version["warc"] is not None
    assert only(archive)["imported_from"] is None
    assert verify(archive.engine, archive.folder).ok


def test_a_later_export_adds_versions_to_what_was_only_imported(archive: Archive, tmp_path: Path) -> None:
    take(archive, write_lines(tmp_path / "one.jsonl", own_record(1)), "warraq")
    later = own_record(1, text="نص آخر بعد التعديل.", last_seen_at="2026-06-01T00:00:00+00:00", version=2)
    assert counts(take(archive, write_lines(tmp_path / "two.jsonl", later), "warraq")) == (0, 1, 0)
    first, second = queries.history(archive.engine, 1)
    assert (first["imported"]["file"], second["imported"]["file"]) == ("one.jsonl", "two.jsonl")
    assert second["imported"]["version"] == 2
    assert counts(take(archive, tmp_path / "two.jsonl", "warraq")) == (0, 0, 1)
    assert verify(archive.engine, archive.folder).ok


def test_filters_leave_out_texts_and_count_them(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "x.jsonl",
        {"url": f"{HOME}/1", "title": "خبر", "text": BODY},
        {"url": f"{HOME}/2", "title": "News", "text": "The bridge was opened again."},
        {"url": "https://other.example/3", "title": "خبر", "text": BODY},
    )
    done = take(archive, path, "plain", language="ar", sites=frozenset({"example.com"}))
    assert (done.articles, done.skipped) == (1, {"language": 1, "site": 1})


def test_two_records_of_one_url_are_one_article(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", own_record(1), own_record(1))
    assert counts(take(archive, path, "warraq")) == (1, 0, 1)
