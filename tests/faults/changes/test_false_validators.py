"""Servers that answer 304 though the page changed: to every conditional request, or with validators that never change."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.platforms.walks.validator_checks import TRUSTED_AFTER
from tests.support.faults.followed_paper import HOURS, NUMBERS, Followed, paper_of
from tests.support.hostile import Answer, Exchange, Server, page
from tests.support.newspapers.small_site import html
from tests.support.running import warraq

CHANGED = "Thu, 07 May 2026 08:00:00 GMT"
CONDITIONS = ("if-none-match", "if-modified-since")


def always_304(text: str) -> Answer:
    """Says that nothing changed to whoever asks with a condition, whatever it is."""

    def answer(exchange: Exchange) -> None:
        is_conditional = any(name in exchange.headers for name in CONDITIONS)
        page("" if is_conditional else text, 304 if is_conditional else 200, **_validators(text))(exchange)

    return answer


def always_dated_304(text: str) -> Answer:
    """The same, with a date alone."""

    def answer(exchange: Exchange) -> None:
        is_conditional = CONDITIONS[1] in exchange.headers
        page("" if is_conditional else text, 304 if is_conditional else 200, Last_Modified=CHANGED)(exchange)

    return answer


def fixed_tag(text: str) -> Answer:
    """Compares, but with a tag that is that of the template."""

    def answer(exchange: Exchange) -> None:
        is_same = exchange.headers.get("if-none-match") == '"template"'
        page("" if is_same else text, 304 if is_same else 200, ETag='"template"')(exchange)

    return answer


def honest(text: str) -> Answer:
    def answer(exchange: Exchange) -> None:
        validators = _validators(text)
        is_same = exchange.headers.get("if-none-match") == validators["ETag"]
        page("" if is_same else text, 304 if is_same else 200, **validators)(exchange)

    return answer


def _validators(text: str) -> dict[str, str]:
    return {"ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"', "Last_Modified": CHANGED}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    with Server(paper_of(NUMBERS)) as server:
        yield Followed(tmp_path, server)


def edited(n: int) -> str:
    return html(n).replace("ثلاثة أشهر", "أربعة أشهر")


@pytest.mark.parametrize(
    "server",
    [always_304, *(pytest.param(each, marks=pytest.mark.slow) for each in (always_dated_304, fixed_tag))],
)
def test_a_false_304_is_found_out_and_told_and_validators_are_sent_no_more(
    site: Followed, server: Callable[[str], Answer]
) -> None:
    site.answer(NUMBERS, lambda n: server(html(n)))
    assert site.crawl(0).site["new"] == len(NUMBERS)
    site.answer(NUMBERS, lambda n: server(edited(n)))
    ran = [site.crawl(HOURS[1]).site]
    assert sum(each["changed"] for each in ran) == len(NUMBERS), ran
    assert any("says that pages are unchanged which are not" in note for each in ran for note in each["notes"])
    assert {version for _, _, version in site.held().values()} == {2}
    health = json.loads(warraq("health", "--json", cwd=site.folder).out)["sites"][0]
    assert (health["verdict"], "answers 304" in health["why"]) == ("degraded", True)
    before = len(site.server.exchanges)
    for hours in HOURS[2:]:
        site.crawl(hours)
    later = [each for each in site.server.exchanges[before:] if each.path.startswith("/n/")]
    assert later
    assert not any(name in each.headers for each in later for name in CONDITIONS)


def test_an_honest_304_is_trusted_after_a_few_checks_and_none_is_told(site: Followed) -> None:
    site.answer(NUMBERS, lambda n: honest(html(n)))
    site.crawl(0)
    site.answer((3,), lambda n: honest(edited(n)))
    ran = [site.crawl(hours).site for hours in HOURS[1:]]
    assert sum(each["changed"] for each in ran) == 1
    assert not any(each["notes"] for each in ran), ran
    asked = [each for each in site.server.exchanges if each.path.startswith("/n/")][len(NUMBERS) :]
    checks = [each for each in asked if each.headers.get("if-none-match") == '"no-such-version"']
    assert TRUSTED_AFTER <= len(checks) < len(asked) / 2, (len(checks), len(asked))
    assert all(any(name in each.headers for name in CONDITIONS) for each in asked)
