"""`warraq crawl` and `warraq sites`."""

import sys
from typing import Annotated

import typer

from crawler.commands import options
from crawler.commands.printing import console, print_json, table
from crawler.errors import UsageError


def crawl(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="NAME|URL…", help="Declared sites, or URLs of any site.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every declared site.")] = False,
    since: Annotated[str | None, typer.Option("--since", help="Go no further back than this day: 2025-10-01.")] = None,
    max_articles: Annotated[
        int | None, typer.Option("--max-articles", min=1, help="Fetch at most so many article pages a site.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Walk every category to its end, past what is known.")] = False,
    delay: Annotated[
        float | None,
        typer.Option("--delay", min=0.0, help="Seconds between requests to a host, for URLs; sites declare theirs."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="Host that may be crawled although its address is private: 127.0.0.1."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Crawl sites into the archive: what is new, from their category pages.

    A URL that is no declared site is crawled as it is: a home page through the categories in its menus, a category
    page alone. Prints one summary line a site; progress goes to stderr.

    Exit codes: 0 done; 1 finished, but nothing could be read or most of it failed; 3 every site is being crawled
    already; 4 stopped by a signal, the next run goes on; 5 the archive refused.

    For example:

        warraq crawl hespress --since 2025-10-01

        warraq crawl https://www.example.com/category/sport/ --max-articles 50
    """
    from crawler import outcomes, runs, sites
    from crawler.platforms.base import Options

    declared = sites.declared()
    if every == bool(targets):
        raise UsageError("name the sites or URLs to crawl, or give --all (`warraq sites` lists those declared)")
    names = list(declared.spiders) if every else list(dict.fromkeys(targets or []))
    spiders = [sites.spider_for(name, declared, delay_s=delay) for name in names]
    if every:
        for broken in declared.broken.values():
            print(f"warraq: left out {broken.path}, which does not import: {broken.error}", file=sys.stderr)
    plan = runs.Plan(
        spiders,
        folder=archive,
        db_url=db,
        options=Options(options.day(since, "--since"), max_articles, full),
        allow_hosts=tuple(allow_host or ()),
    )
    results = runs.crawl(plan, quiet=quiet)
    if as_json:
        print_json(outcomes.total(results))
    else:
        for result in results:
            print(result.line())
    raise typer.Exit(outcomes.exit_code(results))


def list_sites(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the declared sites, and what the archive holds of each.

    Site files that do not import are named on stderr; they stop no other.

    For example:

        warraq sites --json
    """
    from crawler import sites
    from storage.database import open_for_reading
    from storage.errors import NoArchive
    from storage.queries import last_success

    declared = sites.declared()
    try:
        known = last_success(open_for_reading(archive, db))
    except NoArchive:
        known = {}
    rows = []
    for name, spider in declared.spiders.items():
        site, (finished, articles) = spider.site, known.get(name, (None, 0))
        rows.append(
            {
                "name": name,
                "title": site.title,
                "country": site.country,
                "platform": site.theme or spider.__mro__[1].__name__.removesuffix("Spider").lower(),
                "home": site.home,
                "articles": articles,
                "last_success": finished.isoformat(timespec="seconds") if finished else None,
                "verified": site.verified.isoformat() if site.verified else None,
            }
        )
    for broken in declared.broken.values():
        print(f"warraq: {broken.path} does not import: {broken.error}", file=sys.stderr)
    if as_json:
        print_json({"sites": rows, "broken": {b.name: b.error for b in declared.broken.values()}})
        return
    columns = ["name", "title", "country", "platform", "articles", "last success"]
    cells = [
        [r["name"], r["title"], r["country"], r["platform"], r["articles"], r["last_success"] or "-"] for r in rows
    ]
    console().print(table(None, columns, cells, right=(4,)))
