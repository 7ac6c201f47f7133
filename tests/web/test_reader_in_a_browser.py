"""The reader in real Chromium: from search to citation, without scripts, on a phone, in the dark; nothing hostile runs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.web.browser import chromium_of
from tests.support.web.reader_archive import EDITED, HOSTILE
from tests.support.web.served import Served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with chromium_of() as browser:
        yield browser


def opened(chromium: Any, reader: Served, **options: Any) -> tuple[Any, list[str]]:
    """A page in a context of its own, and the URLs that it asks for."""
    context = chromium.new_context(base_url=reader.url, **options)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return context.new_page(), asked


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"java_script_enabled": False},
        {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
        {"color_scheme": "dark"},
        {"locale": "en-GB"},
    ],
    ids=["desktop", "without scripts", "phone", "dark", "english browser"],
)
def test_a_walk_from_a_misspelt_search_to_a_citation(chromium: Any, reader: Served, options: dict[str, Any]):
    page, asked = opened(chromium, reader, **options)
    page.goto("/")
    page.fill("#q", "المحادثآت")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?**")
    page.click("summary >> text=تضييق النتائج")
    page.select_option("select[name=site]", "example")
    page.click(".search button")
    page.wait_for_url("**site=example**")
    page.click(".hit h3 a")
    page.wait_for_url("**/articles/**")
    assert page.locator("h1").inner_text() == "الوفد وصل إلى المدينة"
    page.click(".compare")
    assert "المفاوضات" in page.locator(".inline-change del").first.inner_text()
    assert "المحادثات" in page.locator(".inline-change ins").first.inner_text()
    page.click("text=جنبًا إلى جنب")
    page.wait_for_url("**view=sides**")
    assert page.locator(".sides .changed").count() == 2
    page.go_back()
    page.go_back()
    assert "sha256:" in page.locator("#cite").inner_text()
    with page.expect_download() as download:
        page.click("text=BibTeX")
    assert download.value.suggested_filename.endswith(".bib")
    assert all(url.startswith(reader.url) for url in asked)
    page.context.close()


def first_capture(reader: Served, ids: dict[str, int]) -> str:
    return re.findall(rf'"(/articles/{ids[EDITED]}/captures/\d+)"', reader.ask(f"/articles/{ids[EDITED]}").text)[0]


def test_no_page_is_wider_than_a_phone_and_each_has_its_colours(chromium: Any, reader: Served, ids: dict[str, int]):
    colours = set()
    for scheme in ("light", "dark"):
        page, _ = opened(chromium, reader, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        for path in (
            "/",
            f"/search?q={quote('المدينة')}",
            f"/articles/{ids[EDITED]}",
            "/edits",
            "/sites/example",
            "/runs",
            f"{first_capture(reader, ids)}/view",
        ):
            for shown in (path, f"{path}{'&' if '?' in path else '?'}lang=en"):
                page.goto(shown)
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wide <= 0, shown
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    assert len(colours) == 2


def test_nothing_of_a_hostile_article_runs_or_loads(chromium: Any, reader: Served, ids: dict[str, int]):
    page, asked = opened(chromium, reader)
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for number in range(1, len(HOSTILE) + 1):
        page.goto(f"/articles/{ids[f'https://example.com/hostile/{number}']}")
        page.locator("h1").hover()
        assert "owned" not in page.title() or "document.title" in page.title()
        assert page.title() != "owned"
        assert page.locator("main img, main script, main iframe, main b").count() == 0
        page.goto(f"/timegate/https://example.com/hostile/{number}")
        assert page.title() != "owned"
        assert page.evaluate("origin") == "null", "the captured page is alone in its origin"
    said = [each for each in said if "Content Security Policy" not in each and "sandboxed" not in each]
    page.goto(f"/search?q={quote('<script>alert(1)</script> المدينة')}")
    page.goto("/edits")
    assert said == []
    assert all(url.startswith(reader.url) for url in asked)
    page.context.close()


def test_readers_who_do_not_see_the_pages_meet_nothing_serious(chromium: Any, reader: Served, ids: dict[str, int]):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    violations = []
    for scheme in ("light", "dark"):
        page, _ = opened(chromium, reader, color_scheme=scheme, bypass_csp=True)
        for path in (
            "/",
            f"/search?q={quote('المدينة')}&site=example",
            f"/articles/{ids[EDITED]}",
            f"/articles/{ids[EDITED]}/compare?view=sides&all=1",
            f"/articles/{ids[EDITED]}/compare?lang=en",
            "/edits",
            "/sites",
            "/sites/example",
            "/runs",
            f"{first_capture(reader, ids)}/view",
            "/nothing",
        ):
            page.goto(path)
            result = axe.run(page).response
            assert result["passes"], "axe did not look at the page"
            violations += [
                (scheme, path, violation["id"], [node["html"][:120] for node in violation["nodes"]][:3])
                for violation in result["violations"]
                if violation["impact"] in ("serious", "critical")
            ]
        page.context.close()
    assert violations == []


def test_an_article_prints_as_text_with_its_address_and_without_what_only_a_screen_needs(
    chromium: Any, reader: Served, ids: dict[str, int], tmp_path: Path
):
    page, _ = opened(chromium, reader)
    for number, path in enumerate((f"/articles/{ids[EDITED]}", f"/articles/{ids[EDITED]}/compare", "/")):
        page.goto(path)
        file = tmp_path / f"{number}.pdf"
        page.pdf(path=str(file), format="A4")
        assert file.read_bytes().startswith(b"%PDF-")
        pages = len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))
        assert 1 <= pages <= 4, path
        page.emulate_media(media="print")
        for hidden in ("nav", "footer", ".export", ".watch", ".paging"):
            assert all(not each.is_visible() for each in page.locator(f"{hidden}").all()), (path, hidden)
        assert page.locator("h1").first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.emulate_media(media="screen")
    page.context.close()


def test_keys_go_to_the_search_field_and_through_the_edits(chromium: Any, reader: Served, ids: dict[str, int]):
    page, _ = opened(chromium, reader)
    page.goto("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.goto(f"/articles/{ids[EDITED]}/compare")
    page.keyboard.press("n")
    assert page.locator("[data-edit].current").count() == 1
    page.keyboard.press("p")
    assert page.locator("[data-edit].current").count() == 1
    page.context.close()
