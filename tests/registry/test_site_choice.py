"""Choosing among the declared sites by country, group, file and exclusion."""

from pathlib import Path

import pytest

from crawler.registry.declared_sites import Declared, declared
from crawler.registry.site_choice import SiteChoice, choose, names_in
from crawler.site import Site
from storage.errors import UsageError
from tests.support.running import warraq

SITE = """from crawler.platforms import FeedSpider
from crawler.site import Site


class Spider(FeedSpider):
    site = Site({name!r}, "https://{name}.example", country={country!r}, groups={groups!r})
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declared:
    """The declared sites, with three of a folder of one's own."""
    folder = tmp_path / "outlets"
    folder.mkdir()
    for name, country, groups in (
        ("mine_a", "EG", ("gulf",)),
        ("mine_b", "MA", ("gulf", "press")),
        ("mine_c", "EG", ()),
    ):
        (folder / f"{name}.py").write_text(SITE.format(name=name, country=country, groups=groups))
    monkeypatch.setenv("WARRAQ_SPIDERS", str(folder))
    return declared()


def names(declared: Declared, *targets: str, **choice: object) -> list[str]:
    return [spider.name for spider in choose(SiteChoice(**choice), targets, declared)]  # type: ignore[arg-type]


def test_countries_groups_and_exclusions_narrow_what_is_declared(own: Declared):
    assert names(own, mine=True) == ["mine_a", "mine_b", "mine_c"]
    assert names(own, groups=("gulf",)) == ["mine_a", "mine_b"]
    assert names(own, groups=("gulf", "press"), countries=("MA",)) == ["mine_b"]
    assert names(own, mine=True, exclude=("mine_b",)) == ["mine_a", "mine_c"]
    of_egypt = names(own, countries=("EG",))
    assert {"mine_a", "mine_c"} < set(of_egypt)
    assert "mine_b" not in of_egypt
    assert len(names(own)) == len(own.spiders)


def test_a_file_names_sites_and_pages_beside_those_of_the_call(own: Declared, tmp_path: Path):
    file = tmp_path / "sites.txt"
    file.write_text("\ufeff# the gulf\nmine_b   # daily\n\n mine_a\nhttps://other.example/#top\n", encoding="utf-8")
    assert names_in(file) == ["mine_b", "mine_a", "https://other.example/#top"]
    assert names(own, "mine_c", file=file) == ["mine_c", "mine_b", "mine_a", "other_example"]
    assert names(own, "mine_c", file=file, countries=("EG",)) == ["mine_c", "mine_a"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"countries": ("XX",)}, "country 'XX'"),
        ({"groups": ("gulff",)}, "Did you mean gulf?"),
        ({"exclude": ("mine_d",)}, "Did you mean mine_"),
        ({"groups": ("press",), "countries": ("EG",)}, "no site is left"),
    ],
)
def test_what_no_site_has_is_named_and_a_choice_that_leaves_none_is_wrong(own: Declared, choice: object, message: str):
    with pytest.raises(UsageError, match=message):
        names(own, **choice)  # type: ignore[arg-type]


def test_a_file_that_is_missing_empty_or_no_text_is_wrong_usage(tmp_path: Path):
    for name, content in (("none", None), ("empty", b"# nothing\n"), ("bytes", b"\xff\xfe\x00")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match=name):
            names_in(tmp_path / name)


def test_a_folder_of_ones_own_that_is_missing_is_an_error_and_no_silence(tmp_path: Path):
    missing = str(tmp_path / "outlets")
    for command in (("crawl", "--mine"), ("crawl", "--all"), ("sites",)):
        ran = warraq(*command, cwd=tmp_path, WARRAQ_SPIDERS=missing)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert missing in ran.err
    unset = warraq("crawl", "--mine", cwd=tmp_path)
    assert (unset.code, "WARRAQ_SPIDERS" in unset.err) == (2, True)


@pytest.mark.slow
def test_sites_and_health_take_the_same_choices(own: Declared, tmp_path: Path):
    env = {"WARRAQ_SPIDERS": str(tmp_path / "outlets")}
    listed = warraq("sites", "--group", "gulf", "--country", "ma,eg", "--json", cwd=tmp_path, **env).json["sites"]
    assert [(each["name"], each["groups"]) for each in listed] == [("mine_a", ["gulf"]), ("mine_b", ["gulf", "press"])]
    warraq("crawl", "mine_a", "mine_c", "--quiet", cwd=tmp_path, http_proxy="http://127.0.0.1:9", **env)
    health = warraq("health", "--group", "gulf", "--json", cwd=tmp_path, **env).json
    assert [each["site"] for each in health["sites"]] == ["mine_a"]


def test_all_with_names_is_wrong_usage_and_so_is_a_group_that_is_no_name(tmp_path: Path):
    assert warraq("crawl", "hespress", "--all", cwd=tmp_path).code == 2
    assert warraq("crawl", "--exclude", "hespress", cwd=tmp_path).code == 2
    with pytest.raises(ValueError, match="groups"):
        Site("a", "https://a.example", groups=("Two words",))
