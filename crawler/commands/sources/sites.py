"""`warraq sites`, `probe`, `add` and `check`: the declared sites, and how a site becomes one."""

import re
import shlex
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import choices, options
from crawler.contact import require_contact
from crawler.output.printing import console, minute, print_json, table
from crawler.output.probe_view import print_check, print_report
from storage.errors import SiteError, UsageError

if TYPE_CHECKING:
    from crawler.registry.site_choice import SiteChoice
    from storage.schedule.site_schedules import SiteSchedule

WithBrowser = Annotated[
    bool, typer.Option("--browser", help="Run the scripts of its pages: some sites are empty without. Needs Chromium.")
]

# The key `platform` keeps this value, which scripts may read, under the class's later name.
JOINED = {"multichannel": "joined"}


def sites(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One site alone.")] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Show what its own articles taught about the pages of NAME.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget the profile of NAME; it is learned anew.")] = False,
    forget_line: Annotated[
        list[str] | None,
        typer.Option("--forget-line", metavar="TEXT", help="Never again leave this line out. May be repeated."),
    ] = None,
    country: choices.Country = None,
    group: choices.Group = None,
    exclude: choices.Exclude = None,
    file: choices.SitesFile = None,
    mine: choices.Mine = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the declared sites, and what the archive holds of each; or show what is known of one site's pages.

    Site files that do not import are named on stderr; they stop no other. What is forgotten changes no stored text:
    `warraq reextract --site NAME` does.

    For example:

        warraq sites --country EG,MA --json

        warraq sites hespress --profile
    """
    if profile or forget or forget_line:
        _profile(name, forget=forget, lines=forget_line or [], as_json=as_json, archive=archive, db=db)
    else:
        choice = choices.site_choice(country, group, exclude, file, mine)
        _list(name, choice, as_json=as_json, archive=archive, db=db)


def _profile(name: str | None, *, forget: bool, lines: list[str], as_json: bool, archive: Path, db: str | None) -> None:
    """Forget the whole of a profile or lines of it, where that is asked for; then show it."""
    from crawler.locks import SiteLock
    from crawler.output.profile_view import print_profile
    from crawler.workers import site_profiles
    from storage.archive import Archive
    from storage.corrections import store_profile
    from storage.db.database import open_readonly
    from storage.rows.profiles import StoredProfile

    if name is None:
        raise UsageError("say which site: warraq sites NAME --profile")
    if forget or lines:
        with Archive.open(archive, db, create=False) as opened, SiteLock(opened.folder, name):
            old = site_profiles.stored_profile(opened.engine, name)
            new = StoredProfile(forgotten=old.forgotten) if forget else old
            for line in lines:
                if not site_profiles.is_known_line(old, line):
                    print(f"warraq: the profile of {name} does not have this line: {line}", file=sys.stderr)
                new = site_profiles.without_line(new, line)
            store_profile(opened.engine, name, new, now=datetime.now(UTC))
    engine = open_readonly(archive, db)
    options.warn_unknown_site(engine, name)
    described = site_profiles.described(site_profiles.stored_profile(engine, name))
    if as_json:
        print_json({"site": name, **described})
    else:
        print_profile(console(), described)


def _list(name: str | None, choice: "SiteChoice", *, as_json: bool, archive: Path, db: str | None) -> None:
    from crawler.registry import declared_sites
    from crawler.registry.site_choice import choose
    from storage.db.database import open_readonly
    from storage.errors import NoArchive
    from storage.queries import last_success
    from storage.queries.run_history import last_imports
    from storage.records import date_json
    from storage.schedule.site_schedules import SiteSchedule, site_schedules

    declared = declared_sites.declared()
    known: dict[str, tuple[datetime | None, int]] = {}
    schedules: dict[str, SiteSchedule] = {}
    imports: dict[str, datetime] = {}
    with suppress(NoArchive):
        engine = open_readonly(archive, db)
        known, schedules, imports = last_success(engine), site_schedules(engine), last_imports(engine)
    now = datetime.now(UTC)
    rows = []
    for spider in choose(choice, [name] if name is not None else [], declared):
        site, (finished, articles) = spider.site, known.get(spider.site.name, (None, 0))
        platform = spider.__mro__[1].__name__.removesuffix("Spider").lower()
        rows.append(
            {
                "name": site.name,
                "title": site.title,
                "country": site.country,
                "groups": list(site.groups),
                "platform": site.theme or JOINED.get(platform, platform),
                "home": site.home,
                "articles": articles,
                "last_success": date_json(finished),
                "last_import": date_json(imports.get(site.name)),
                "verified": site.verified.isoformat() if site.verified else None,
                **_schedule_json(schedules.get(site.name, SiteSchedule()), now),
            }
        )
    for broken in declared.broken.values():
        print(f"warraq: {broken.path} does not import: {broken.error}", file=sys.stderr)
    if as_json:
        print_json({"sites": rows, "broken": {b.name: b.error for b in declared.broken.values()}})
        return
    columns = ["name", "title", "country", "platform", "articles", "last success", "next due"]
    cells = [
        [
            *(r[key] for key in columns[:5]),
            r["last_success"] or ("imported only" if r["last_import"] else "-"),
            "paused" if r["paused"] else minute(r["next_due"]),
        ]
        for r in rows
    ]
    console().print(table(None, columns, cells, right=(4,)))


def _schedule_json(schedule: "SiteSchedule", now: datetime) -> dict[str, Any]:
    paused, until = schedule.is_paused(now), schedule.paused_until
    return {
        "next_due": schedule.next_at.isoformat(timespec="seconds") if schedule.next_at else None,
        "interval_minutes": round(schedule.interval.total_seconds() / 60),
        "paused": paused,
        "paused_until": until.isoformat(timespec="seconds") if paused and until else None,
    }


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
    """The spider that `crawl URL` makes for a site that is not declared. browser: its pages need one."""
    from crawler.registry import declared_sites

    if "://" not in url:
        raise UsageError(f"{url!r} is no URL; give one such as https://www.example.com/")
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
        raise UsageError(f"--name {chosen!r}: use up to 64 of a-z, 0-9 and _, beginning with a letter")
    if chosen in declared.spiders or chosen in declared.broken:
        raise UsageError(f"there is a site called {chosen!r} already; choose another --name")
    private = folder is not None
    target = folder or _checkout()
    tests = target / "pages" if private else target.parent / "tests" / "sites"
    require_contact([spider.site.home], allow_host)
    report = site_probe.probe(spider.site, allow_hosts=tuple(allow_host or ()))
    if not report.readable:
        if not as_json:
            print_report(console(), report)
        why = report.refusal.value if report.refusal else "no article was found that could be read"
        raise SiteError(f"{report.home}: {why}; nothing was written")
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


def _checkout() -> Path:
    """The spiders/ folder of the checkout. Raises UsageError for an installed program, whose folders are not edited."""
    folder = Path(next(iter(import_module("spiders").__path__)))
    if not (folder.parent / "pyproject.toml").is_file():
        raise UsageError("say where the site file goes: --folder DIR, or WARRAQ_SPIDERS in the environment")
    return folder


def check(
    names: Annotated[list[str], typer.Argument(metavar="SITE…", help="Declared sites, by name.")],
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Try declared sites live: every channel, and three articles field by field. Nothing is kept.

    What an operator runs first: no outlet in this project was tried live by its makers. When it works, set `verified`
    in the site file to today.

    Exit codes: 0 everything essential works; 1 something does not: no endpoint of a declared channel works, or
    headline, text or date can't be read.

    For example:

        warraq check hespress sana
    """
    from crawler.probe import site_check
    from crawler.registry import declared_sites

    spiders = declared_sites.spiders_for(names, declared_sites.declared())
    require_contact((each.site.home for each in spiders), allow_host)
    results = site_check.check(spiders, allow_hosts=tuple(allow_host or ()))
    if as_json:
        print_json({"sites": [result.as_json() for result in results]})
    else:
        for result in results:
            print_check(console(), result)
    raise typer.Exit(0 if all(result.works for result in results) else 1)
