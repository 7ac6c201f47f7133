"""Which pictures and style sheets a page is to be shown with, and pages that are shown with those that were kept."""

import gzip
import json
import zipfile
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.export import ExportSelection
from storage.export.wacz.wacz_package import NO_PICTURES, SOME_PICTURES, write_wacz
from storage.records import Capture
from storage.removal import erase_noted, remove
from storage.web.captured.article_assets import MOST_STYLES, article_assets
from tests.support.illustrated_archive import PAGES, PICTURES, STYLE, fill, keep_page
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW

LATER = NOW + timedelta(days=9)


def wanted(html: str, image: str | None) -> list[str]:
    head = (("Content-Type", "text/html; charset=utf-8"),)
    page = Capture(f"{HOME}/news/1", "example", NOW, 200, head, f"<html><body>{html}</body></html>".encode())
    return [url.removeprefix(HOME) for url in article_assets(page, image)]


def test_the_style_sheets_and_the_picture_in_the_size_that_the_page_shows_are_wanted():
    styles = '<link rel="stylesheet" href="/a.css?v=2"><link rel="alternate stylesheet" href="/b.css">'
    shown = '<img src="/logo.png"><img data-src="/up/p-780x470.jpg" src="data:image/gif;base64,AA"><img src="q.jpg">'
    assert wanted(styles + shown, f"{HOME}/up/p-scaled.jpg") == [
        "/a.css?v=2", "/up/p-scaled.jpg", "/up/p-780x470.jpg",
    ]  # fmt: skip
    assert wanted(styles + shown, None) == ["/a.css?v=2"]
    assert wanted(shown, f"{HOME}/news/q.jpg") == ["/news/q.jpg"]
    many = "".join(f'<link rel="stylesheet" href="/{n}.css">' for n in range(99))
    assert len(wanted(many, None)) == MOST_STYLES
    assert wanted("", "http://[broken/") == ["http://[broken/"]


def pack(archive: Archive, selection: ExportSelection | None = None) -> tuple[list[str], dict[str, str]]:
    """The URLs in the index, and the descriptions of the package and its WARC file."""
    target = archive.folder.parent / "x.wacz"
    write_wacz(archive.engine, archive.folder, target, selection or ExportSelection(), now=LATER, force=True)
    with zipfile.ZipFile(target) as package:
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        urls = sorted({json.loads(line.split(" ", 2)[2])["url"] for line in lines})
        about = json.loads(package.read("datapackage.json"))["description"]
        warcinfo = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(package.read("archive/data.warc.gz"))
    return urls, {"package": about, "warc": warcinfo.decode()}


def test_a_package_holds_what_was_kept_of_its_articles_and_says_how_much(tmp_path: Path, database_url: str):
    with Archive.open(tmp_path / "archive", database_url) as archive:
        fill(archive)
        urls, said = pack(archive)
        assert urls == sorted([*PAGES, STYLE, *PICTURES])
        assert f"3 pictures and style sheets were packed. {SOME_PICTURES}" in said["package"]
        assert SOME_PICTURES in said["warc"]
        run_id = archive.start_run("example", now=LATER)
        keep_page(archive, run_id, f"{HOME}/3", LATER, "آخر\nنص", ())
        archive.finish_run(run_id, status="done", now=LATER, requests=1)
        assert "1 of the articles have none" in pack(archive)[1]["package"]
        before = replace(ExportSelection(), as_of=NOW + timedelta(hours=1))
        assert pack(archive, before)[0] == [PAGES[0], PICTURES[0], STYLE]
        for url in PAGES:
            remove(archive.engine, archive.folder, url, reason="طلب", by="أمين", now=LATER)
        assert pack(archive)[0] == [f"{HOME}/3"]
        erase_noted(archive.engine, archive.folder, now=LATER)
        urls, said = pack(archive)
        assert (urls, said["package"].endswith(NO_PICTURES)) == ([f"{HOME}/3"], True)
        assert NO_PICTURES in said["warc"]


@pytest.mark.slow
def test_the_command_says_what_it_packed(tmp_path: Path):
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    ran = warraq("export", "x.wacz", "--wacz", "--json", cwd=tmp_path)
    told = json.loads(ran.err.splitlines()[-1])
    assert (told["captures"], told["pictures"], told["assets"]) == (5, True, 3)
    ran = warraq("export", "x.wacz", "--wacz", "--force", cwd=tmp_path)
    assert f"3 pictures and style sheets were packed. {SOME_PICTURES}" in ran.err
