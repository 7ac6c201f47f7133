"""`warraq crawl`: crawl sites and URLs into the archive."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import choices, options
from crawler.contact import require_contact
from crawler.output.stderr_lines import print_notice
from crawler.translation import in_english
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.platforms.spider_context import Options


def crawl(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="NAME|URL…", help="Declared sites, or URLs of any site.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every declared site.")] = False,
    due: Annotated[
        bool,
        typer.Option("--due", help="Only sites that are due, by how much was new when they were last crawled."),
    ] = False,
    country: choices.Country = None,
    group: choices.Group = None,
    exclude: choices.Exclude = None,
    file: choices.SitesFile = None,
    mine: choices.Mine = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Go no further back than this day: 2025-10-01.")
    ] = None,
    max_articles: Annotated[
        int | None,
        typer.Option("--max-articles", metavar="N", min=1, help="Fetch at most so many article pages a site."),
    ] = None,
    max_requests: Annotated[
        int | None,
        typer.Option(
            "--max-requests",
            metavar="N",
            min=1,
            help="Make at most so many requests a site, a quarter of them for revisits; the next run continues.",
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Walk every category to its end, past what is known.")] = False,
    backfill: Annotated[
        bool,
        typer.Option("--backfill", help="Go back through archives, sitemaps and APIs to --from, past what is known."),
    ] = False,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="With --backfill: the first day wanted: 2025-01-01.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="With --backfill: the last day wanted; without it, today.")
    ] = None,
    time_limit: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="TIME",
            help="End before this time is up: 50m, 90s, 1h30m. Every site gets its turn; the next run goes on.",
        ),
    ] = None,
    min_free: Annotated[
        str | None,
        typer.Option("--min-free", metavar="SIZE", help="Stop while the archive's disk has so much room left: 5G."),
    ] = None,
    warc_size: options.WarcSize = None,
    warc_store: options.WarcStore = None,
    at_once: Annotated[
        int | None,
        typer.Option(
            "--at-once",
            metavar="N",
            min=1,
            help="Crawl so many sites at the same time; one that takes ten minutes no longer counts. Default 16.",
        ),
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(
            "--delay",
            metavar="SECONDS",
            min=0.0,
            help="Between requests to a host, for URLs; declared sites have their own. Default 1.5.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="HOST",
            help="May be crawled although its address is private: 127.0.0.1, or 127.0.0.1:8000. Repeatable.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    ping: Annotated[
        str | None,
        typer.Option(
            "--ping",
            metavar="URL",
            envvar="WARRAQ_PING",
            help="Tell a monitor: URL/start, then URL with the summary, or URL/fail, as Healthchecks has it.",
        ),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Crawl sites into the archive: what is new or was edited.

    A URL that is no declared site is crawled as it is: a home page by every way that leads to its articles (REST API,
    feeds, sitemaps, the categories in its menus), a category page alone. Prints one summary line a site when it ends,
    and of several sites again at the end what is not done; progress goes to stderr. A --backfill that was stopped is
    gone on with by any later crawl of the site. Paused sites are left out.

    Exit codes: 0 done, the time was up, or nothing was due; 1 finished, but nothing could be read or most of it failed;
    3 every site is being crawled already; 4 stopped by a signal, the next run continues; 5 the archive refused, or its
    disk has too little room left.

    For example:

        warraq crawl hespress --since 2025-10-01

        warraq crawl https://www.example.com/category/sport/ --max-articles 50

        warraq crawl --country EG,MA --exclude ahram_gate --for 50m --min-free 5G

        warraq crawl --due --for 9m --quiet --log-file crawl.log --ping https://hc-ping.com/UUID

        warraq crawl hespress --backfill --from 2025-01-01 --to 2025-03-31
    """
    choice = choices.site_choice(country, group, exclude, file, mine)
    named = bool(targets) or file is not None
    if every == named and not ((choice.is_of_declared or due) and not named):
        raise UsageError(
            message("name the sites or URLs to crawl, or give --all (`warraq sites` lists those declared)")
        )
    seconds, free = options.duration(time_limit, "--for"), options.size(min_free, "--min-free")
    from crawler.platforms.spider_context import Options
    from crawler.registry import declared_sites, site_choice, site_names
    from storage.warc.writer import warc_bytes

    file_bytes = warc_bytes(warc_size)

    crawl_options = _span(
        Options(options.day(since, "--since"), max_articles, max_requests, full), backfill, start, end
    )
    declared = replace(declared_sites.declared(), archived=_archived_homes(archive, db))
    spiders = site_choice.choose(choice, targets or [], declared, delay_s=delay)
    for collision in site_names.collisions((each.site for each in spiders), declared.homes, declared.archived):
        print_notice(collision)
    require_contact((each.site.home for each in spiders), allow_host)
    if not named:
        for broken in declared.broken.values():
            line = message("left out {path}, which does not import: {error}", path=broken.path, error=broken.error)
            print_notice(line)
    from crawler.output import log_lines, summary_lines  # imported late: a wrong call fails before extraction is loaded
    from crawler.output.ping import Ping
    from crawler.runs import crawls, due_sites, limits, summary

    if seconds is not None and seconds < limits.LEAST_S:
        raise UsageError(
            message(
                "--for {time_limit} is too short to crawl anything; give it {least:.0f}s at least",
                time_limit=time_limit,
                least=limits.LEAST_S,
            )
        )
    schedules, now = due_sites.known_schedules(archive, db), datetime.now(UTC)
    chosen = due_sites.select_due(spiders, schedules, now, only_due=due)
    job = crawls.CrawlJob(
        chosen.spiders,
        paused=chosen.paused | due_sites.taken_down(archive, db, chosen.spiders),
        folder=archive,
        db_url=db,
        warc_bytes=file_bytes,
        warc_store=warc_store,
        options=crawl_options,
        sites_at_once=at_once or crawls.SITES_AT_ONCE,
        oldest_first=not named,
        limits=limits.Limits(seconds, free, limits.process_began()),
        allow_hosts=tuple(allow_host or ()),
    )
    with log_lines.log_lines(log_format, log_file) as log, Ping(ping) as monitor:
        if log is not None:
            job = replace(job, overrides={"LOG_INSTALL_ROOT_HANDLER": False})
        results = crawls.crawl(job, quiet=quiet, on_end=summary_lines.teller(log, on_stdout=not as_json))
        with in_english():
            monitor.ended(summary.exit_code(results), "\n".join(map(summary.summary_line, results)))
    if as_json:
        summary_lines.print_answer({**summary.total(results), "not_due": chosen.left_out})
    else:
        summary_lines.print_end(results, [chosen.notice] if chosen.notice else [])
    raise typer.Exit(summary.exit_code(results))


def _archived_homes(folder: Path, db: str | None) -> dict[str, str]:
    """Home page of each site in the archive, by name; empty if there is no archive, or it can't be read."""
    from storage.db.database import open_readonly
    from storage.errors import ArchiveError, NoArchive
    from storage.queries.archive_stats import site_homes

    try:
        engine = open_readonly(folder, db)
        try:
            return site_homes(engine)
        finally:
            engine.dispose()  # a crawl may take hours, and opens a connection of its own
    except (NoArchive, ArchiveError):  # the crawl itself opens it for writing, upgrades it, or says what is wrong
        return {}


def _span(crawl_options: "Options", backfill: bool, start: str | None, end: str | None) -> "Options":
    """The crawl's options with the days of a backfill. Raises UsageError for an invalid span."""
    first, last = options.day(start, "--from"), options.day(end, "--to")
    if not backfill:
        if first or last:
            raise UsageError(
                message("--from and --to go with --backfill; a crawl that goes no further back is --since DAY")
            )
        return crawl_options
    if first is None:
        raise UsageError(message("--backfill needs --from: the day to go back to, such as --from 2025-01-01"))
    if crawl_options.since is not None or crawl_options.full:
        raise UsageError(message("--backfill goes back to --from; leave out --since and --full"))
    options.refuse_crossed(first, last, ("--from", "--to"))
    return replace(crawl_options, since=first, until=last, backfill=True)
