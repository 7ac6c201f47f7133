"""What `warraq crawl` is asked for, by name or URL, and which crawls come of it."""

import pytest

from crawler.platforms import CategorySpider
from crawler.registry.declared_sites import Declared, spider_for, spiders_for
from crawler.site import Site
from storage.errors import UsageError


class Marfa(CategorySpider):
    site = Site("marfa", "https://www.marfa.example", timezone="Asia/Beirut")


class Arabic(CategorySpider):
    site = Site("arabic", "https://أخبار.example/")


DECLARED = Declared({"marfa": Marfa, "arabic": Arabic}, {})


def crawls(*targets: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Site name, home and targets of each crawl."""
    planned = []
    for spider in spiders_for(targets, DECLARED):
        assert issubclass(spider, CategorySpider)
        planned.append((spider.site.name, spider.site.home, spider.targets))
    return planned


@pytest.mark.parametrize(
    "url",
    [
        "https://www.marfa.example",
        "https://marfa.example/",
        "http://marfa.example/",
        "HTTPS://WWW.MARFA.EXAMPLE:443/",
        " https://www.marfa.example/ ",
        "https://www.marfa.example/#top",
        "https://www.marfa.example/?utm_source=x",
    ],
)
def test_every_spelling_of_a_declared_home_is_that_site(url: str):
    assert spider_for(url, DECLARED) is Marfa


def test_an_arabic_host_is_the_same_in_both_spellings():
    assert spider_for("https://xn--igbicxr.example/", DECLARED) is Arabic
    assert spider_for("https://أخبار.example/", DECLARED) is Arabic


def test_a_page_of_a_declared_site_is_crawled_as_that_site():
    assert crawls("https://marfa.example/category/sport/") == [
        ("marfa", "https://www.marfa.example", ("https://marfa.example/category/sport/",))
    ]
    spider = spider_for("https://marfa.example/category/sport/", DECLARED)
    assert issubclass(spider, Marfa)
    assert spider.site.timezone == "Asia/Beirut"


def test_a_site_that_is_named_in_several_ways_is_crawled_once():
    assert crawls("marfa", "https://marfa.example/", "marfa") == [("marfa", "https://www.marfa.example", ())]
    assert crawls("http://x.example/", "https://www.x.example") == [("x_example", "http://x.example/", ())]


def test_two_pages_of_one_site_are_one_crawl_and_the_site_itself_has_both():
    one, other = "https://x.example/c/a/", "https://x.example/c/b/"
    assert crawls(one, other, one) == [("x_example", "https://x.example/", (one, other))]
    assert crawls(one, "https://x.example/") == [("x_example", "https://x.example/", ())]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("www.hespress.example", "https://www.hespress.example"),
        ("news.example/politics", "https://news.example/politics"),
        ("marfaa", "marfa"),
        ("nothing-like-it", "warraq sites"),
        ("https://user:secret@news.example/", "user name or password"),
        ("https://exa mple.com/", "is its host spelled right"),
        ("https://:80/", "http(s)"),
        ("mailto://x", "http(s)"),
        ("", "warraq sites"),
    ],
)
def test_what_cannot_be_crawled_is_told_with_what_to_do(target: str, message: str):
    with pytest.raises(UsageError) as refused:
        spider_for(target, DECLARED)
    assert message in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ({"theme": "janah"}, "no theme is called 'janah'"),
        ({"home": "https://exa mple.com"}, "no http(s) URL"),
        ({"categories": "/politics/"}, "must be a tuple"),
    ],
)
def test_a_wrong_declaration_fails_when_it_is_made(declaration: dict[str, str], message: str):
    with pytest.raises(ValueError, match=r".") as refused:
        type(
            "Wrong", (CategorySpider,), {"site": Site(**{"name": "wrong", "home": "https://w.example", **declaration})}
        )  # type: ignore[arg-type]
    assert message in str(refused.value)
