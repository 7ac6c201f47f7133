"""One article at several addresses of a site that declares no canonical one: sessions in them, or several sections."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage import queries
from storage.archive import Archive
from tests.support.faults.followed_paper import HOURS, NUMBERS, Followed, paper_of
from tests.support.hostile import Answer, Server, page
from tests.support.newspapers.small_site import MENU, article, html, listing
from tests.support.running import warraq

SESSION = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c"
CARD = '<div class="card"><h3><a href="{url}">{title}</a></h3></div>'


class Anywhere(dict[str, Answer]):
    """Answers by path, the sessions in it left out of account."""

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        plain = re.sub(r";jsessionid=[^/?]*|[?&](?:PHPSESSID|sid)=[^&]*|/\(S\([^)]*\)\)", "", path)
        return super().get(path) or super().get(plain, default)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    with Server(Anywhere(paper_of(()))) as server:
        yield Followed(tmp_path, server)


def records(site: Followed) -> list[dict[str, Any]]:
    ran = warraq("export", "-", cwd=site.folder)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def cards(*named: tuple[str, str], menu: str = MENU) -> Answer:
    shown = "".join(CARD.format(url=url, title=title) for url, title in named)
    return page(
        f'<html lang="ar" dir="rtl"><body><nav>{menu}</nav><main><div class="list">{shown}</div></main></body></html>'
    )


@pytest.mark.parametrize(
    "form",
    [
        "/(S(lit3py55t21z5v55vlm25s{turn:02}))/n/{n}/",
        pytest.param("/n/{n}/;jsessionid={session}{turn:02}.node1", marks=pytest.mark.slow),
        pytest.param("/n/{n}/?PHPSESSID=d41d8cd98f00b204e9800998{turn:02}", marks=pytest.mark.slow),
    ],
    ids=["asp.net", "servlet", "php"],
)
def test_a_session_in_an_address_makes_no_other_article(site: Followed, form: str) -> None:
    site.server.answers.update({f"/n/{n}/": article(n) for n in NUMBERS})
    for turn, hours in enumerate(HOURS):
        urls = [form.format(n="{n}", session=SESSION, turn=2 * turn + at) for at in range(2)]
        site.server.answers["/"] = site.server.answers["/c/a/"] = listing(NUMBERS, menu=MENU, url=urls[0])
        site.server.answers["/c/b/"] = listing([2, 4], url=urls[1])
        ran = site.crawl(hours).site
        assert (ran["new"], ran["changed"]) == (0 if turn else len(NUMBERS), 0), ran
    assert len(records(site)) == len(NUMBERS)


SECTIONS = ("/politics/{n}-opening/", "/sport/{n}-opening/")


def in_sections(site: Followed, shown: Callable[[int], Answer] = article) -> None:
    """The paper with each article in two sections, both listed."""
    politics, sport = SECTIONS
    site.server.answers |= {"/": listing(NUMBERS, menu=MENU, url=politics), "/c/a/": listing(NUMBERS, url=politics)}
    site.server.answers |= {"/c/b/": listing(NUMBERS, url=sport)}
    site.server.answers |= {each.format(n=n): shown(n) for each in SECTIONS for n in NUMBERS}


def undated(n: int) -> Answer:
    return page(html(n).replace('<meta property="article:published_time" content="2026-05-01T10:00:00+03:00">', ""))


@pytest.mark.parametrize("shown", [article, pytest.param(undated, marks=pytest.mark.slow)], ids=["dated", "undated"])
def test_an_article_in_two_sections_is_one_and_is_visited_at_one_address(
    site: Followed, shown: Callable[[int], Answer]
) -> None:
    in_sections(site, shown)
    first = site.crawl(0).site
    assert (first["new"], first["changed"]) == (len(NUMBERS), 0), first
    kept = records(site)
    assert len(kept) == len(NUMBERS)
    with Archive.open(site.folder / "archive") as archive:
        ids = [
            [queries.article_by(archive.engine, site.server.url(each.format(n=n)))["id"] for each in SECTIONS]  # type: ignore[index]
            for n in NUMBERS
        ]
    assert all(one == other for one, other in ids)
    asked = len(site.server.exchanges)
    assert site.crawl(HOURS[1]).site["new"] == 0
    visited = [each.path for each in site.server.exchanges[asked:] if "opening" in each.path]
    assert len(visited) == len(set(visited)) <= len(NUMBERS), "each at one of its addresses"


@pytest.mark.slow
def test_an_article_that_leaves_one_of_its_sections_is_not_gone_before_it_leaves_the_other(site: Followed) -> None:
    in_sections(site)
    site.crawl(0)
    edited = page(html(4).replace("ثلاثة أشهر", "أربعة أشهر"))
    politics, sport = SECTIONS
    site.server.answers |= {
        politics.format(n=3): page("", 404),
        politics.format(n=4): edited,
        sport.format(n=4): edited,
    }
    site.server.answers |= {sport.format(n=3): article(3)}
    ran = [site.crawl(hours).site for hours in (*HOURS[1:], 80, 110)]
    assert (sum(each["gone"] for each in ran), sum(each["changed"] for each in ran), ran[-1]["new"]) == (0, 1, 0)
    assert len(records(site)) == len(NUMBERS)
    site.server.answers |= {each.format(n=3): page("", 404) for each in SECTIONS}
    assert sum(site.crawl(hours).site["gone"] for hours in (800, 802, 830, 860)) == 1


@pytest.mark.slow
def test_a_daily_column_and_a_notice_at_many_addresses_are_no_twins(site: Followed) -> None:
    column, notice = "أسعار الذهب اليوم في الأسواق المحلية", "ملاحظة من إدارة الموقع إلى قرائه الكرام"
    text = "<p>سجل سعر الذهب عيار 21 اليوم {n}50 جنيها للجرام الواحد في محال الصاغة، وسط توقعات بارتفاعه في الأيام المقبلة.</p>"
    say = (
        "<p>نعمل الآن على تحديث صفحات الموقع، ونعود إليكم بعد ساعات قليلة بكل الأخبار والتقارير التي تنتظرونها منا.</p>"
    )

    def shown(title: str, body: str) -> Answer:
        head = f'<html lang="ar"><head><title>{title}</title></head>'
        return page(f"{head}<body><article><h1>{title}</h1>{body * 3}</article></body></html>")

    prices = {f"/gold/price-{word}/": shown(column, text.format(n=n)) for n, word in enumerate(("one", "two", "three"))}
    notices = {f"/talk/{word}-of-the-town/": shown(notice, say) for word in ("word", "talk", "news")}
    site.server.answers |= prices | notices | {f"/n/{n}/": article(n) for n in NUMBERS}
    lists = [(path, column) for path in prices] + [(path, notice) for path in notices]
    site.server.answers["/c/b/"] = cards(*lists)
    site.crawl(0)
    assert len(records(site)) == len(NUMBERS) + len(prices) + len(notices)
