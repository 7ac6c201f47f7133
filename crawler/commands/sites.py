"""`warraq probe`, `add` and `check`: a new site, from the first look to the first crawl."""

import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from crawler.commands import options
from crawler.errors import UsageError, WarraqError
from crawler.output.printing import console, minute, one_line, print_json, table

WithBrowser = Annotated[
    bool, typer.Option("--browser", help="Run the scripts of its pages: some sites are empty without. Needs Chromium.")
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", metavar="HOST", help="May be asked although its address is private: 127.0.0.1. Repeatable."
    ),
]


def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of any site.")],
    browser: WithBrowser = False,
    allow_host: AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Look at a site: its feeds, sitemaps, API, theme, one category and three articles.

    Some fifteen requests, by the same rules as a crawl. Nothing is kept. `warraq add` writes the site file.

    Exit codes: 0 articles were found and read; 1 no way in, or the site refuses.

    For example:

        warraq probe https://www.example.com/
    """
    from crawler.probe.site_probe import probe as look

    findings = look(undeclared(url, browser=browser).site, allow_hosts=tuple(allow_host or ()))
    if as_json:
        print_json(findings.as_json())
    else:
        print_findings(console(), findings)
    raise typer.Exit(0 if findings.readable else 1)


def undeclared(url: str, *, browser: bool = False) -> Any:
    """The spider that `crawl URL` would make of a site that nobody declared. browser: its pages need one."""
    from crawler.registry import declared_sites

    if "://" not in url:
        raise UsageError(f"{url!r} is no URL; give one such as https://www.example.com/")
    spider = declared_sites.spider_for(url, declared_sites.Declared({}, {}))
    spider.site = replace(spider.site, browser=browser)
    return spider


def print_findings(out: Console, findings: Any) -> None:
    """One probe: the site, its doors, its articles."""
    name = f"{findings.title}, " if findings.title else ""
    out.print(f"{name}{findings.home}", style="bold", markup=False)
    about = [
        f"theme {findings.theme}" if findings.theme else "no theme that we know",
        f"country {findings.country}" if findings.country else "",
        f"zone {findings.timezone}" if findings.timezone else "",
        f"Crawl-delay {findings.delay_s:g} s" if findings.delay_s else "",
        f"{len(findings.categories)} categories in its menus" if findings.categories else "no categories in its menus",
    ]
    out.print("  " + ", ".join(filter(None, about)), markup=False)
    if findings.refusal:
        out.print(f"  The site refuses: {findings.refusal.value}. It is left in peace.", markup=False)
    print_endpoints(out, findings.checks)
    print_samples(out, findings.articles)
    out.print(f"{findings.requests} requests, {findings.seconds:.1f} s", style="dim")


def print_endpoints(out: Console, endpoints: Any) -> None:
    """One table of doors, each with an article that it names."""
    if not endpoints:
        return
    rows = [
        [
            endpoint.channel,
            "yes" if endpoint.works else "no",
            endpoint.total or endpoint.found,
            minute(endpoint.newest.isoformat()) if endpoint.newest else "-",
            endpoint.url,
            endpoint.note or "",
        ]
        for endpoint in endpoints
    ]
    out.print()
    columns = ["channel", "works", "articles", "newest (UTC)", "address", "note"]
    out.print(table(None, columns, rows, right=(2,), whole=(0, 1, 3)))


def print_samples(out: Console, samples: Any) -> None:
    """What was read of each article page, field by field."""
    for sample in samples:
        out.print()
        out.print(one_line(sample.url), markup=False, soft_wrap=True)
        if sample.article is None:
            out.print(f"  no article: {one_line(sample.reason)}", markup=False)
            continue
        article = sample.article
        rows = [
            ("headline", article.title),
            ("published", article.published_at.isoformat() if article.published_at else None),
            ("authors", "، ".join(article.authors)),
            ("section", article.section),
            ("text", f"{len(article.text.split())} words: {article.text[:100]}…"),
        ]
        for label, value in rows:
            out.print(f"  {label + ':':<11}{one_line(value) or '-'}", markup=False, soft_wrap=True)


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
    allow_host: AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Look at a site as `probe` does, and write its site file and test folder.

    The test folder holds one article page and what reading made of it; look at both. The site can be crawled at once.
    Nothing is overwritten.

    Exit codes: 0 written; 1 no way in, or no article that could be read: nothing is written; 2 it is there already.

    For example:

        warraq add https://www.example.com/ --name example --folder ~/outlets
    """
    from crawler.probe import scaffold
    from crawler.probe.site_probe import probe as look
    from crawler.registry import declared_sites

    spider, declared = undeclared(url, browser=browser), declared_sites.declared()
    chosen = name or scaffold.name_for(spider.site.home)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", chosen):
        raise UsageError(f"--name {chosen!r}: use up to 64 of a-z, 0-9 and _, beginning with a letter")
    if chosen in declared.spiders or chosen in declared.broken:
        raise UsageError(f"there is a site called {chosen!r} already; choose another --name")
    private = folder is not None
    place = folder or _checkout()
    tests = place / "pages" if private else place.parent / "tests" / "sites"
    found = look(spider.site, allow_hosts=tuple(allow_host or ()))
    if not found.readable:
        if not as_json:
            print_findings(console(), found)
        why = found.refusal.value if found.refusal else "no article was found that could be read"
        raise NotAdded(f"{found.home}: {why}; nothing was written")
    today = datetime.now(UTC).date()
    written = scaffold.write_site(found, name=chosen, folder=place, tests=tests, today=today)
    if as_json:
        paths = (written.file, written.page, written.expected)
        file, page, expected = (str(path) if path else None for path in paths)
        print_json({"name": chosen, "file": file, "page": page, "expected": expected, "probe": found.as_json()})
        return
    print_findings(console(), found)
    print(f"\nwrote {written.file}" + (f"\nwrote {written.page} and {written.expected}" if written.page else ""))
    setting = f"WARRAQ_SPIDERS={shlex.quote(str(place))} " if private else ""
    print(f"next: {setting}warraq crawl {chosen} --max-articles 20")


class NotAdded(WarraqError):
    """The site gave nothing to declare."""


def _checkout() -> Path:
    """The checkout's spiders/. Raises UsageError where the program is installed, whose folders are not for editing."""
    place = Path(next(iter(import_module("spiders").__path__)))
    if not (place.parent / "pyproject.toml").is_file():
        raise UsageError("say where the site file goes: --folder DIR, or WARRAQ_SPIDERS in the environment")
    return place


def check(
    names: Annotated[list[str], typer.Argument(metavar="SITE…", help="Declared sites, by name.")],
    allow_host: AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Try declared sites live: every channel, and three articles field by field. Nothing is kept.

    What an operator runs first: no outlet in this project was tried live by its makers. When it works, set `verified`
    in the site file to today.

    Exit codes: 0 all that is essential works; 1 something does not: no door of a declared channel answers, or
    headline, text or date can't be read.

    For example:

        warraq check hespress sana
    """
    from crawler.probe.site_check import check as attempt
    from crawler.registry import declared_sites

    spiders = declared_sites.spiders_for(names, declared_sites.declared())
    results = attempt(spiders, allow_hosts=tuple(allow_host or ()))
    if as_json:
        print_json({"sites": [result.as_json() for result in results]})
    else:
        for result in results:
            print_check(console(), result)
    raise typer.Exit(0 if all(result.works for result in results) else 1)


def print_check(out: Console, result: Any) -> None:
    """One site: its doors, its fields, and whether it works."""
    out.print(result.site, style="bold", markup=False)
    if result.found:
        print_endpoints(out, result.found.checks)
        count = len(result.found.articles)
        if count:
            out.print()
            told = ", ".join(f"{name} {number}/{count}" for name, number in result.fields.items())
            out.print(f"  {count} articles read: {told}", markup=False, soft_wrap=True)
    if result.works:
        out.print("  works", style="green")
    for problem in result.problems:
        out.print(f"  does not work: {one_line(problem)}", style="red", markup=False, soft_wrap=True)
    out.print()
