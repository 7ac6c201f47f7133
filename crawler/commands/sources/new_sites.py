"""`warraq probe`, `add` and `check`: examine a new site, declare it, and test declared sites live."""

import re
import shlex
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.contact import require_contact
from crawler.output.printing import console, print_json
from crawler.output.probe_view import print_check, print_report
from storage.errors import SiteError, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.platforms.base import SiteSpider

WithBrowser = Annotated[
    bool, typer.Option("--browser", help="Run the scripts of its pages: some sites are empty without. Needs Chromium.")
]


def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of any site.")],
    browser: WithBrowser = False,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Examine a site: its feeds, sitemaps, API, theme, one category and three articles.

    Some fifteen requests, by the same rules as a crawl. Nothing is kept. `warraq add` writes the site file.

    Exit codes: 0 articles could be read; 1 no channel works, or the site refuses.

    For example:

        warraq probe https://www.example.com/
    """
    from crawler.probe import site_probe

    site = undeclared(url, browser=browser).site
    require_contact([site.home], allow_host)
    report = site_probe.probe(site, allow_hosts=tuple(allow_host or ()))
    if as_json:
        print_json(report.as_json())
    else:
        print_report(console(), report)
    raise typer.Exit(0 if report.readable else 1)


def undeclared(url: str, *, browser: bool = False) -> Any:
    """The spider class of `crawl URL` for an undeclared site. browser: whether its pages need one."""
    from crawler.registry import declared_sites

    if "://" not in url:
        raise UsageError(message("{given!r} is no URL; give one such as https://www.example.com/", given=url))
    spider = declared_sites.spider_for(url, declared_sites.Declared({}, {}))
    spider.site = replace(spider.site, browser=browser)
    return spider


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of a site that is not declared yet.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Of a-z, 0-9 and _; made from the host without it.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            envvar="WARRAQ_SPIDERS",
            help="Where the site file goes; in a checkout, spiders/ without it.",
        ),
    ] = None,
    browser: WithBrowser = False,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Examine a site as `probe` does, and write its site file and test folder.

    The test folder holds one article page and the article extracted from it; check both. Nothing is overwritten.
    The site can be crawled at once.

    Exit codes: 0 written; 1 no channel works, or no article could be read: nothing is written; 2 it is there already.

    For example:

        warraq add https://www.example.com/ --name example --folder ~/outlets
    """
    from crawler.probe import scaffold, site_probe
    from crawler.registry import declared_sites

    spider, declared = undeclared(url, browser=browser), declared_sites.declared(folder_exists=False)
    chosen = name or scaffold.name_for(spider.site.home)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", chosen):
        raise UsageError(
            message("--name {chosen!r}: use up to 64 of a-z, 0-9 and _, beginning with a letter", chosen=chosen)
        )
    if chosen in declared.spiders or chosen in declared.broken:
        raise UsageError(message("there is a site called {name!r} already; choose another --name", name=chosen))
    private = folder is not None
    target = folder or _checkout()
    tests = _test_folder(target, private=private)
    require_contact([spider.site.home], allow_host)
    report = site_probe.probe(spider.site, allow_hosts=tuple(allow_host or ()))
    if not report.readable:
        if not as_json:
            print_report(console(), report)
        why = report.refusal.value if report.refusal else message("no article was found that could be read")
        raise SiteError(message("{url}: {why}; nothing was written", url=report.home, why=why))
    today = datetime.now(UTC).date()
    written = scaffold.write_site(report, name=chosen, folder=target, tests=tests, today=today)
    if as_json:
        paths = (written.file, written.page, written.expected)
        file, page, expected = (str(path) if path else None for path in paths)
        print_json({"name": chosen, "file": file, "page": page, "expected": expected, "probe": report.as_json()})
        return
    print_report(console(), report)
    print(f"\nwrote {written.file}" + (f"\nwrote {written.page} and {written.expected}" if written.page else ""))
    setting = f"WARRAQ_SPIDERS={shlex.quote(str(target))} " if private else ""
    print(f"next: {setting}warraq crawl {chosen} --max-articles 20")


def _test_folder(target: Path, *, private: bool) -> Path:
    """The folder of the saved pages of the sites in a folder of site files."""
    return target / "pages" if private else target.parent / "tests" / "sites"


def _update(spiders: Iterable[type["SiteSpider"]], private: Container[str], *, as_json: bool) -> None:
    from crawler.output.probe_view import print_renewal
    from crawler.probe import saved_sample
    from crawler.registry import declared_sites

    renewals = []
    for spider in spiders:
        name = spider.site.name
        tests = _test_folder(declared_sites.file_of(spider).parent, private=name in private)
        renewals.append(saved_sample.renew(tests / name, spider.site))
    if as_json:
        print_json({"sites": [each.as_json() for each in renewals]})
        return
    for each in renewals:
        print_renewal(console(), each)


def _checkout() -> Path:
    """The spiders/ folder of the checkout. Raises UsageError in an installed program: its folders are not edited."""
    folder = Path(next(iter(import_module("spiders").__path__)))
    if not (folder.parent / "pyproject.toml").is_file():
        raise UsageError(message("say where the site file goes: --folder DIR, or WARRAQ_SPIDERS in the environment"))
    return folder


def check(
    names: Annotated[list[str], typer.Argument(metavar="SITE…", help="Declared sites, by name.")],
    update: Annotated[
        bool,
        typer.Option("--update", help="No request: read the pages saved by `add` again, and renew what is expected."),
    ] = False,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Try declared sites live: every channel, and three articles field by field. Nothing is kept.

    What an operator runs first: no outlet in this project was tried live by its makers. When it works, set `verified`
    in the site file to today. With --update nothing is asked: expected.json beside the page that `warraq add` saved is
    renewed, after the site file or the extractor has changed; what differs is shown, to be read as code.

    Exit codes: 0 everything essential works; 1 something does not: no endpoint of a declared channel works, or
    headline, text or date can't be read.

    For example:

        warraq check hespress sana

        warraq check example --update
    """
    from crawler.probe import site_check
    from crawler.registry import declared_sites

    declared = declared_sites.declared()
    spiders = declared_sites.spiders_for(names, declared)
    if update:
        _update(spiders, declared.private, as_json=as_json)
        return
    require_contact((each.site.home for each in spiders), allow_host)
    results = site_check.check(spiders, allow_hosts=tuple(allow_host or ()))
    if as_json:
        print_json({"sites": [result.as_json() for result in results]})
    else:
        for result in results:
            print_check(console(), result)
    raise typer.Exit(0 if all(result.works for result in results) else 1)
