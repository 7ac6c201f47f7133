"""Pages as they were captured: on an origin of their own, by signed paths, with what was captured of their parts."""

import html
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.web.captured.capture_links import LIFETIME_S, CapturePath, page_path, read_path
from storage.web.captured.shown_pages import page_resources, shown_page, style_resources
from tests.support.web.browser import chromium_of
from tests.support.web.captured_archive import GONE_PAGE, PAGE, fill
from tests.support.web.served import Answer, Served, serving

KEY = b"a key of the tests"
TOKEN = "a-long-token-of-the-tests-1234567"


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    folder = tmp_path_factory.mktemp("captured") / "archive"
    return folder, fill(folder)


@pytest.fixture(scope="module")
def running(captured: tuple[Path, dict[str, int]]) -> Iterator[Served]:
    with serving(captured[0]) as served:
        yield served


def view(running: Served, article_id: int, **headers: str) -> tuple[Answer, str]:
    """The page with the frame, and the frame's address."""
    article = running.ask(f"/articles/{article_id}", **headers).text
    path = re.findall(rf'"(/articles/{article_id}/captures/\d+)"', article)[0]
    answer = running.ask(f"{path}/view", **headers)
    return answer, html.unescape(re.findall(r'<iframe[^>]* src="([^"]+)"', answer.text)[0])


def test_the_frame_is_of_another_origin_and_says_what_was_not_captured(running: Served, captured: Any):
    answer, frame = view(running, captured[1][PAGE])
    origin = re.match(r"http://[^/]+", frame)[0]
    assert origin + "/" != running.url
    assert f"frame-src {origin}" in answer.headers["content-security-policy"]
    assert re.search(r"<iframe[^>]* sandbox src", answer.text), "nothing is allowed to the frame"
    assert "1 من 3" in answer.text
    assert "1 من 2" in answer.text
    other = Served(origin + "/", running.process)
    page = other.ask(frame.removeprefix(origin))
    policy = page.headers["content-security-policy"]
    assert page.status == 200
    assert "sandbox; default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'" in policy
    assert "script" not in policy
    assert page.text.count("evil.example") == page.text.count('href="https://evil.example/"') + page.text.count(
        'action="https://evil.example/"'
    )
    assert "memento-datetime" in page.headers
    assert "وصل الوفد" in page.text, "windows-1256 is read as it was meant"
    picture = re.findall(r'src="(r/\d+)"', page.text)[0]
    base = frame.removeprefix(origin).removesuffix("page")
    shown = other.ask(base + picture)
    assert (shown.status, shown.headers["content-type"]) == (200, "image/png")
    style = other.ask(base + re.findall(r'href="(r/\d+)"', page.text)[0]).text
    assert f'url("{picture[2:]}")' in style
    assert "evil" not in style


def test_nothing_is_shown_without_a_signed_path(running: Served, captured: Any):
    _, frame = view(running, captured[1][PAGE])
    origin = re.match(r"http://[^/]+", frame)[0]
    other, path = Served(origin + "/", running.process), frame.removeprefix(origin)
    wrong = [
        "/", "/articles/1", "/static/reader.css", "/api/v1/articles", "/login", path.replace("/p/1/", "/p/2/"),
        path.replace("page", "r/2/"), re.sub(r"-[0-9a-f]", "-g", path), re.sub(r"/(\d{10})-", "/9999999999-", path),
    ]  # fmt: skip
    assert {other.ask(each).status for each in wrong} == {401}
    assert other.ask(path.replace("page", "r/999")).status == 404
    assert other.ask(path, "POST").status == 405
    assert other.ask(path, Host="evil.example").status == 421
    assert other.ask(path, "HEAD").body == b""
    assert running.ask(path).status == 404, "the reader's own origin serves no archived part"


def test_the_token_guards_the_second_origin_too(captured: Any):
    folder, ids = captured
    with serving(folder, WARRAQ_TOKEN=TOKEN) as guarded:
        asked = {"Authorization": f"Bearer {TOKEN}"}
        answer, frame = view(guarded, ids[PAGE], **asked)
        origin = re.match(r"http://[^/]+", frame)[0]
        other = Served(origin + "/", guarded.process)
        assert TOKEN not in frame
        assert other.ask(frame.removeprefix(origin)).status == 200
        assert other.ask("/", **asked).status == 401
        expired = f"/p/{ids[PAGE]}/1/{int(time.time()) - 5}-{'0' * 40}/page"
        assert other.ask(expired, **asked).status == 401
        view_path = re.findall(r'href="(/articles/\d+/captures/\d+)"', answer.text)[0] + "/view"
        assert guarded.ask(view_path).status == 303
        from storage.web.reader_settings import ReaderSettings

        key = replace(ReaderSettings(None, folder), token=TOKEN).signing_key  # type: ignore[arg-type]
        for article_id, status in ((ids[GONE_PAGE], 410), (999, 404)):
            assert other.ask(page_path(key, article_id, 1)).status == status


@pytest.mark.slow
def test_an_origin_with_a_name_of_its_own(captured: Any):
    folder, ids = captured
    wrong = serving(folder, "--captured-url", "https://pages.example.org/x")
    with pytest.raises(AssertionError, match="is no origin"), wrong:
        pass
    with serving(folder, "--captured-url", "https://pages.example.org") as named:
        answer, frame = view(named, ids[PAGE])
        assert frame.startswith("https://pages.example.org/p/")
        assert "frame-src https://pages.example.org" in answer.headers["content-security-policy"]
        path = frame.removeprefix("https://pages.example.org")
        assert named.ask(path, Host="pages.example.org").status == 200
        assert named.ask("/", Host="pages.example.org").status == 401


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1), st.floats(0, 10**10))
def test_a_path_is_good_for_its_capture_and_an_hour(article_id: int, capture_id: int, now: float):
    path = page_path(KEY, article_id, capture_id, now=now)
    assert read_path(KEY, path, now=now) == CapturePath(article_id, capture_id, None)
    assert read_path(KEY, path.replace("page", "r/5"), now=now + LIFETIME_S - 1) == CapturePath(
        article_id, capture_id, 5
    )
    assert read_path(KEY, path, now=now + LIFETIME_S + 1201) is None
    assert read_path(b"other", path, now=now) is None


@given(st.binary(max_size=300) | st.text(alphabet="<>/\"'= aimgsrclnkbody&;!-\0\u202e", max_size=200).map(str.encode))
def test_any_bytes_make_a_page_without_scripts(body: bytes):
    page_resources(body, "https://example.com/", None)
    made = shown_page(body, "https://example.com/", None, {}, "لا")
    assert b"<script" not in made.lower() or made == body


@pytest.mark.parametrize("text", ["url(" * 25_000, "url(" + " " * 100_000, "@import " * 12_500, 'url("' * 20_000])
def test_a_hostile_style_sheet_costs_no_more_than_its_length(text: str):
    began = time.process_time()
    assert style_resources(text, "https://example.com/") == []
    assert time.process_time() - began < 2.0  # 21 s, where each url( was looked for up to the end of the text


@pytest.mark.slow
def test_in_a_browser_the_page_shows_its_parts_and_does_nothing(running: Served, captured: Any):
    with chromium_of() as chromium:
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        article = running.ask(f"/articles/{captured[1][PAGE]}").text
        path = re.findall(r'"(/articles/\d+/captures/\d+)"', article)[0]
        page.goto(f"{running.url}{path[1:]}/view", wait_until="networkidle")
        frame = page.frames[1]
        assert frame.evaluate("[origin, document.title]")[0] == "null"
        assert frame.title() != "owned"
        assert frame.evaluate("document.getElementById('kept').naturalWidth") == 3
        assert frame.evaluate("document.getElementById('lost').alt").endswith("الوفد")
        assert frame.evaluate("getComputedStyle(document.getElementById('text')).color") == "rgb(1, 2, 3)"
        frame.click("#out")
        frame.click("#send")
        page.wait_for_timeout(500)
        assert len(chromium.contexts) == 1
        assert len(page.context.pages) == 1
        assert frame.evaluate("document.getElementById('text').innerText").startswith("نص")
        assert page.title() != "owned"
        assert {re.match(r"\w+://([^/:]+)", url)[1] for url in asked} == {"127.0.0.1"}
        page.close()
