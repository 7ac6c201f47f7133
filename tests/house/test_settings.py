"""crawler.settings: the manners are defaults, and Scrapy's own commands work with them."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

import crawler.settings
from crawler.registry.loader import SiteLoader
from tests.support.hostile import ROOT, Server, page


@pytest.fixture
def project() -> Settings:
    settings = Settings()
    settings.setmodule(crawler.settings)
    return settings


def test_the_manners_are_defaults(project: Settings) -> None:
    assert project["USER_AGENT"].startswith("Warraq/")
    assert project["ROBOTSTXT_USER_AGENT"] == "Warraq"
    assert project.getbool("ROBOTSTXT_OBEY")
    assert project.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert project.getfloat("DOWNLOAD_DELAY") >= 1
    assert project.getint("RETRY_TIMES") == 2
    assert project["REFERRER_POLICY"] == "no-referrer"
    assert not project.getbool("COOKIES_ENABLED")


def test_the_limits_are_set(project: Settings) -> None:
    assert project.getint("DOWNLOAD_MAXSIZE") == 16 * 1024 * 1024
    assert project.getint("DOWNLOAD_TIMEOUT") == 30
    assert project.getint("REDIRECT_MAX_TIMES") == 5
    assert project.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
    assert project.getbool("DOWNLOAD_VERIFY_CERTIFICATES")


def test_no_door_is_open(project: Settings) -> None:
    assert not project.getbool("TELNETCONSOLE_ENABLED")
    assert not project.getbool("REMOTE_CONTROL_ENABLED")
    handlers = {scheme for scheme, handler in project.getwithbase("DOWNLOAD_HANDLERS").items() if handler}
    assert handlers == {"http", "https"}
    assert project["TWISTED_DNS_RESOLVER"] == "crawler.http.resolver.PublicResolver"
    assert project.getlist("WARRAQ_ALLOW_HOSTS") == []


def test_addresses_are_judged_before_robots_and_names_before_retries(project: Settings) -> None:
    order = project.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
    place = {getattr(name, "__name__", str(name)).rpartition(".")[2]: number for name, number in order.items()}
    assert place["AddressMiddleware"] < place["RobotsMiddleware"]
    assert place["ResolvedMiddleware"] > place["RetryAfterMiddleware"]
    assert place["HttpProxyMiddleware"] > place["AddressMiddleware"]
    assert not {"RobotsTxtMiddleware", "RetryMiddleware", "HttpCompressionMiddleware"} & {
        name for name, number in place.items() if number is not None
    }


def scrapy(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | (env or {}),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "agent"),
    [
        ({"WARRAQ_USER_AGENT": "Paper/2 (+mailto:me@example.org)"}, "Paper/2 (+mailto:me@example.org)"),
        ({"WARRAQ_CONTACT": "https://paper.example/bot"}, "(+https://paper.example/bot; news archive)"),
    ],
)
def test_the_operator_may_say_who_asks(variables: dict[str, str], agent: str) -> None:
    done = scrapy("settings", "--get", "USER_AGENT", env=variables)
    assert agent in done.stdout


@pytest.mark.slow
def test_scrapy_list_and_shell_work_in_the_checkout() -> None:
    listed = scrapy("list")
    assert listed.returncode == 0, listed.stderr
    with Server({"/": page("<title>خبر</title>")}) as server:
        command = "print(response.status, response.css('title::text').get())"
        shell = scrapy("shell", server.url(), "-c", command, env={"WARRAQ_ALLOW_HOSTS": server.address})
        refused = scrapy("shell", server.url(), "-c", "print(response)")
    assert "200 خبر" in shell.stdout, shell.stderr
    assert "None" in refused.stdout
    assert "no public address" in refused.stderr
    assert "WARRAQ_ALLOW_HOSTS=" in refused.stderr


def test_scrapy_crawl_asks_no_site_without_a_contact(tmp_path: Path) -> None:
    name = sorted(path.stem for path in (ROOT / "spiders").glob("[a-z]*.py"))[0]
    refused = scrapy("crawl", name, env={"WARRAQ_CONTACT": "", "WARRAQ_ARCHIVE": str(tmp_path / "archive")})
    assert refused.returncode == 2, refused.stderr
    assert "WARRAQ_CONTACT is not set" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "archive").exists()


GOOD = """
    from crawler.platforms import CategorySpider
    from crawler.site import Site

    class Good(CategorySpider):
        site = Site("{name}", "https://{name}.example")
"""


def loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], **settings: Any) -> SiteLoader:
    package = tmp_path / f"sites_{tmp_path.name.replace('-', '_')}"
    package.mkdir()
    for name, text in {"__init__.py": "", **files}.items():
        (package / name).write_text(textwrap.dedent(text), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return SiteLoader.from_settings(
        Settings({"SPIDER_MODULES": [package.name], "SPIDER_LOADER_WARN_ONLY": True} | settings)
    )


@pytest.mark.parametrize(
    "broken", ["import nothing_of_that_name", "class :", "raise ValueError('wrong home')", "1 / 0", "x = '\\udc80'\n\0"]
)
def test_a_broken_site_file_stops_no_other(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.py": GOOD.format(name="first"), "b.py": broken, "c.py": GOOD.format(name="last")}
    with pytest.warns(RuntimeWarning, match="b.py was left out"):
        loaded = loader(tmp_path, monkeypatch, files)
    assert sorted(loaded.list()) == ["first", "last"]
    assert [name.rpartition(".")[2] for name in loaded.broken] == ["b"]


def test_a_broken_site_file_raises_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        loader(tmp_path, monkeypatch, {"b.py": "1 / 0"}, SPIDER_LOADER_WARN_ONLY=False)
