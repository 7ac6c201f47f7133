"""A database lost: the WARC files alone give the same archive again."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from storage.archive import Archive
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import captures, runs
from storage.errors import UsageError
from storage.imports.warc_import import import_warc
from storage.maintenance.rebuild import MESSAGE, rebuild_from_warc
from storage.maintenance.verify import verify
from storage.records import Capture
from storage.warc.store.stored_file import warc_files
from tests.support.archives import frontier
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, PlainReader, fill, keep, page, told

LATER = NOW + timedelta(days=30)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "filled") as archive:
        fill(archive)
    return tmp_path / "filled"


def test_the_warc_files_alone_give_the_same_archive(filled: Path, tmp_path: Path, bare_database_url: str) -> None:
    folder = tmp_path / "archive"
    (folder / "warc").mkdir(parents=True)
    for path in warc_files(filled):
        shutil.copy(path, folder / "warc")
    reader = PlainReader()
    with Archive.open(filled) as before, Archive.open(folder, bare_database_url) as after:
        done = rebuild_from_warc(after, reader)
        assert (done.captures, done.articles, done.unreadable) == (12, 2, [])
        assert told(after) == told(before)
        assert verify(after.engine, folder).as_json()["wrong"] == {}
        assert verify(after.engine, folder).left == {}
        again = rebuild_from_warc(after, reader)
        assert (again.captures, again.files) == (0, 0)
        assert told(after) == told(before)
        with read_transaction(after.engine) as connection:
            run_rows = connection.execute(select(runs.c.status, runs.c.message, runs.c.new).order_by(runs.c.id)).all()
            assert [tuple(row) for row in run_rows] == [("done", MESSAGE, new) for new in (2, 0, 0, 0)]
            assert tuple(connection.execute(text("select title, country, timezone from sites")).one()) == (
                "المثال", "EG", "Africa/Cairo"
            )  # fmt: skip
        assert [each.url for each in frontier(after).pending()] == [f"{HOME}/3"]
    assert reader.held == ["example"] * 4


def test_runs_of_two_sites_that_wrote_several_files_at_once_are_settled_whole(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [f"{HOME}/{number}" for number in range(12)]
    folder = tmp_path / "before"
    with Archive.open(folder) as archive:
        for site in ("example", "other"):
            archive.add_site(site, f"https://{site}.com", None, None, "UTC")
        for day, missing in ((0, 0), (1, 6), (3, 6)):
            monkeypatch.setattr("storage.warc.writer.MAX_FILE_BYTES", 1 << 30)
            at = NOW + timedelta(days=day)
            run_id = archive.start_run("example", now=at)
            beside = archive.start_run("other", now=at)
            for number, url in enumerate(urls):
                if number == missing:
                    monkeypatch.setattr("storage.warc.writer.MAX_FILE_BYTES", 1)
                    elsewhere = page(f"https://other.com/{day}", at + timedelta(seconds=number), "عنوان\nنص")
                    keep(archive, beside, replace(elsewhere, site="other"))
                body = f"عنوان {number}\nنص" if number >= missing else "لا شيء"
                keep(archive, run_id, page(url, at + timedelta(seconds=number), body, 404 if number < missing else 200))
            for each in (run_id, beside):
                archive.finish_run(each, status="done", now=at + timedelta(minutes=1), requests=12)
        before = told(archive)
    assert len(before["events"]) == 6
    shutil.copytree(folder / "warc", tmp_path / "archive" / "warc")
    with Archive.open(tmp_path / "archive", database_url) as archive:
        rebuild_from_warc(archive, PlainReader())
        assert told(archive)["events"] == before["events"]
        with read_transaction(archive.engine) as connection:
            assert connection.scalar(select(func.count()).select_from(runs)) == 6


def test_captures_without_a_row_change_no_page_that_has_answered_since(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        killed = archive.start_run("example", now=NOW)
        archive.append(page(f"{HOME}/1", NOW, "عنوان\nنص"), killed)
        archive.append(page(f"{HOME}/2", NOW, "لا شيء", 404), killed)
        archive.close_run(killed)
        run_id = archive.start_run("example", now=NOW)
        for url in (f"{HOME}/1", f"{HOME}/2"):
            keep(archive, run_id, page(url, NOW.replace(hour=9), "عنوان\nنص"))
        archive.finish_run(run_id, status="done", now=NOW, requests=2)
        before = told(archive)
        done = rebuild_from_warc(archive, PlainReader())
        assert (done.captures, done.articles, done.changed) == (2, 0, 0)
        after = told(archive)
        assert {name: after[name] for name in ("pages", "events")} == {
            name: before[name] for name in ("pages", "events")
        }
        assert len(after["versions"]) == len(after["articles"]) == 2
        with read_transaction(archive.engine) as connection:
            of_killed = select(func.count()).select_from(captures).where(captures.c.run_id == killed)
            assert connection.scalar(of_killed) == 2, "they belong to the run that wrote them"


def test_a_damaged_record_is_named_and_the_others_are_taken(filled: Path, tmp_path: Path) -> None:
    with Archive.open(filled) as archive, read_transaction(archive.engine) as connection:
        first = connection.execute(select(captures).order_by(captures.c.id).offset(1).limit(1)).one()
    path = filled / first.warc_file
    content = bytearray(path.read_bytes())
    content[first.warc_offset + first.warc_length // 2] ^= 0xFF
    path.write_bytes(content)
    for leftover in filled.glob("warraq.db*"):
        leftover.unlink()
    with Archive.open(filled) as archive:
        done = rebuild_from_warc(archive, PlainReader())
        # Of the damaged one the bytes are lost, and with them the revisit that refers to them.
        assert done.captures >= 9
        assert verify(archive.engine, filled).wrong.keys() <= {"damage", "bytes"}


def test_another_archive_s_files_are_imported_once(filled: Path, tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "other", database_url) as archive:
        for expected in ([6, 1], [0, 0]):
            kept = [
                import_warc(archive, PlainReader(), path, now=LATER, name_of=lambda url: "x").captures
                for path in warc_files(filled)
            ]
            assert kept == expected
        now = told(archive)
        assert len(now["versions"]) == 4
        report = verify(archive.engine, tmp_path / "other")
        assert report.ok
        assert report.left == {}


@pytest.mark.parametrize(
    ("name", "said"), [("x.warc.gz", "is it a WARC file"), ("x.parquet", "as .jsonl"), ("X.CSV", "as .jsonl")]
)
def test_what_is_no_warc_is_refused(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"no gzip at all")
    with Archive.open(tmp_path / "archive") as archive, pytest.raises(UsageError, match=said):
        import_warc(archive, PlainReader(), tmp_path / name, now=LATER, name_of=lambda url: "x")


def test_a_removed_article_is_not_brought_back_by_an_import(filled: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "other") as archive:
        first = warc_files(filled)[0]
        import_warc(archive, PlainReader(), first, now=LATER, name_of=lambda url: "x")
        with write_transaction(archive.engine) as connection:
            connection.execute(text("update articles set status = 'removed', text = ''"))
        for path in warc_files(filled)[1:]:
            import_warc(archive, PlainReader(), path, now=LATER, name_of=lambda url: "x")
        with read_transaction(archive.engine) as connection:
            assert set(connection.scalars(text("select text from articles"))) == {""}


HTML = """<!DOCTYPE html><html lang="ar"><head><title>عنوان الخبر الطويل عن المدينة</title>
<meta property="article:published_time" content="2026-05-07T08:00:00+03:00"></head>
<body><article><h1>عنوان الخبر الطويل عن المدينة</h1>{}</article></body></html>"""


def test_pages_of_another_crawler_become_articles_from_the_command_line(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    paragraph = (
        "<p>قال سكان المدينة إن الطريق الجديد الذي افتتح هذا الأسبوع يختصر المسافة بين الميناء والسوق القديمة.</p>"
    )
    with (tmp_path / "other.warc.gz").open("wb") as file:
        import io

        writer = WARCWriter(file, gzip=True)
        for url, kind, body in (
            ("https://news.example/2026/05/07/a/", "text/html", HTML.format(paragraph * 4).encode()),
            ("https://news.example/i.png", "image/png", os.urandom(50)),
        ):
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head))
    for articles in (1, 0):
        ran = warraq("import", "other.warc.gz", "--json", cwd=tmp_path)
        assert ran.code == 0, ran.err
        assert ran.json["results"][0]["articles"] == articles
    report = warraq("search", "الميناء", "--json", cwd=tmp_path).json
    assert [hit["site"] for hit in report["hits"]] == ["news_example"]
    assert warraq("verify", cwd=tmp_path).code == 0


def test_a_hostile_status_or_date_is_left_out(tmp_path: Path) -> None:
    from tests.support.rooms.warc import read_captures

    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nWARC-Date: never\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
    )
    good = record.replace(b"never", b"2026-05-07T08:00:00Z")
    (tmp_path / "x.warc").write_bytes(record + good)
    assert [each.url for each in read_captures(tmp_path / "x.warc")] == ["https://x.example/"]
    assert isinstance(next(read_captures(tmp_path / "x.warc")), Capture)


@pytest.mark.parametrize(
    "hostile",
    [
        {"Warraq-Site": "../x"},
        {"Warraq-Site": "A B"},
        {"WARC-Date": "9999-12-31T23:59:59Z"},
        {"WARC-Date": "0001-01-01T00:00:00+14:00"},
        {"WARC-Date": "2500-01-01T00:00:00Z"},
        {"WARC-Target-URI": "javascript:alert(1)"},
        {"WARC-Target-URI": "http://[::1"},
    ],
    ids=str,
)
def test_what_a_hostile_record_says_of_itself_does_no_harm(tmp_path: Path, hostile: dict[str, str]) -> None:
    fields = {"WARC-Target-URI": "https://x.example/", "WARC-Date": "2026-05-07T08:00:00Z"} | hostile
    body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nعنوان\nنص".encode()
    head = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    (tmp_path / "x.warc").write_bytes(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    with Archive.open(tmp_path / "archive") as archive:
        try:
            done = import_warc(archive, PlainReader(), tmp_path / "x.warc", now=LATER, name_of=lambda url: "x_example")
            assert done.captures == ("Warraq-Site" in hostile)
        except UsageError:
            assert "Warraq-Site" not in hostile
    assert {path.name for path in (tmp_path / "archive").iterdir()} - {"index"} == {"locks", "warc", "warraq.db"}
