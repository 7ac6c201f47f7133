"""A WACZ file in ReplayWeb.page, in Chromium: each version of an article, with its picture and style sheet."""

import http.server
import json
import os
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage.archive import Archive
from storage.export import ExportSelection
from storage.export.wacz.wacz_package import write_wacz
from tests.support.illustrated_archive import asset, keep_asset, keep_page
from tests.support.requirements import lacks
from tests.support.small_archive import HOME, NOW
from tests.support.web.browser import chromium_of

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

PACKAGE = "replaywebpage@2"  # AGPL: a program that the tests run, no part of Warraq
TEXTS = ("أصيب خمسة عمال في الحريق", "أصيب سبعة عمال في الحريق")
SHOWN = "<link rel=stylesheet href=/style.css><h1>حريق</h1><img id=picture src=/1.png><img id=again src=/2.png>"
ASSETS = (f"{HOME}/style.css", f"{HOME}/1.png", f"{HOME}/2.png")  # the last is a revisit of the one before it
PLAYER = """<!doctype html><meta charset=utf-8><script src="/ui.js"></script>
<replay-web-page source="/x.wacz" replayBase="/replay/" url="{url}" ts="{ts}" embed="replayonly"></replay-web-page>"""


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, with the ranges that the player asks a package for."""

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        start, end = int(wanted[1]), min(int(wanted[2] or len(content) - 1), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end + 1 - start))
        self.end_headers()
        self.wfile.write(content[start : end + 1])

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def replay_web_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the player's scripts: WARRAQ_REPLAYWEBPAGE, or taken from npm now."""
    if named := os.environ.get("WARRAQ_REPLAYWEBPAGE"):
        return Path(named)
    npm = shutil.which("npm")
    if npm is None:
        lacks("replaywebpage", "there is no npm, and WARRAQ_REPLAYWEBPAGE names no folder")
    home = tmp_path_factory.mktemp("replaywebpage")
    made = subprocess.run([npm, "pack", PACKAGE], cwd=home, capture_output=True, text=True, check=False, timeout=280)
    if made.returncode != 0:
        lacks("replaywebpage", f"npm can't fetch it: {made.stderr.strip().splitlines()[-1:]}")
    with tarfile.open(home / made.stdout.split()[-1]) as packed:
        packed.extractall(home, filter="data")
    return home / "package"


@pytest.fixture
def player(replay_web_page: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of the player's scripts and of a package with two versions of an article."""
    served = tmp_path / "served"
    (served / "replay").mkdir(parents=True)
    shutil.copy(replay_web_page / "ui.js", served)
    shutil.copy(replay_web_page / "sw.js", served / "replay")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", HOME, None, "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        for hours, text in enumerate(TEXTS):
            html = f"<!doctype html><html lang=ar dir=rtl><title>حريق</title>\n{SHOWN}<p id=text>{text}</p></html>"
            keep_page(archive, run_id, f"{HOME}/1", NOW + timedelta(hours=hours), html, ASSETS)
        for url in ASSETS:
            keep_asset(archive, run_id, asset(url, NOW + timedelta(minutes=1)), f"{HOME}/1")
        archive.finish_run(run_id, status="done", now=NOW, requests=2)
        write_wacz(archive.engine, archive.folder, served / "x.wacz", ExportSelection(), now=datetime.now(UTC))
    for number in range(len(TEXTS)):
        ts = (NOW + timedelta(hours=number)).strftime("%Y%m%d%H%M%S")
        (served / f"{number}.html").write_text(PLAYER.format(url=f"{HOME}/1", ts=ts))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def shown_page(tab: "Page", url: str) -> "FrameLocator":
    """The replayed page in the player at an address; loaded anew where it shows nothing.

    The player gives up its own service worker where that took long to start, and then waits for ever.
    """
    from playwright.sync_api import TimeoutError as TookLong

    page = tab.frame_locator("iframe").frame_locator("iframe")
    for attempt in range(6):
        tab.goto(url)
        try:
            page.locator("#text").wait_for(timeout=30_000)
            break
        except TookLong:
            if attempt == 5:
                raise
    return page


@pytest.mark.slow
def test_replay_web_page_shows_each_version_of_an_article(player: str) -> None:
    from playwright.sync_api import expect

    asked: list[str] = []
    with chromium_of() as browser:
        context = browser.new_context()
        context.on("request", lambda request: asked.append(request.url))
        for number, text in enumerate(TEXTS):
            page = shown_page(context.new_page(), f"{player}/{number}.html")
            assert page.locator("#text").inner_text() == text, json.dumps(asked)
            for picture in ("#picture", "#again"):
                expect(page.locator(picture)).to_have_js_property("naturalWidth", 3, timeout=30_000)
            expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=30_000)
    assert all(url.startswith(player) for url in asked if url.startswith("http")), asked
