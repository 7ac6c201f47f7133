"""Estimates the needs of a fleet from measured costs and a simulated day, and the part that limits it first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.benchmarks.scale.archive_costs import ArchiveCosts
from tests.benchmarks.scale.crawl_costs import CrawlCosts
from tests.benchmarks.scale.measured import Measured
from tests.benchmarks.scale.queue_simulation import ROUND_H, Day

VERSIONS = 0.6  # further versions of an article: 0.68 edits, of which 87 % are seen (docs/schedule.md, simulated)
FULL = 0.5  # revisits that bring the page anew; the others are answered 304, or with the bytes that are known
PAGE_BYTES, UNCHANGED_BYTES = 25_000, 900  # of a page in its WARC file; of a record that refers to an earlier one
BUSY = 0.6  # of a processor, in the mean over a day whose busiest hours have 1.4 times as much
SERVER_CORES = 16  # of one database server: a machine as one rents it
_DAY_S, _YEAR_D, _TABLE = 86_400.0, 365.0, 32e12  # bytes of one table that PostgreSQL can address
_GB = 1e9


@dataclass(frozen=True, slots=True)
class Prices:
    """Of one hour of a core, and of a GB on disk for a month; None: not known, and no money is computed."""

    core_hour: float | None = None
    gb_month: float | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """Of a fleet of so many outlets. cores: on the crawling machines.

    rows, table_bytes, index_bytes: a year, by table.
    """

    outlets: int
    jobs_s: float
    requests_day: float
    writes_s: float
    cores: float
    server_cores: float
    rows: dict[str, float]
    table_bytes: dict[str, float]
    index_bytes: dict[str, float]
    warc_bytes: float
    search_bytes: float
    articles: float


def _published(archive: ArchiveCosts) -> CrawlCosts:
    """Where no crawl was measured: processor time as docs/benchmarks-crawl.md has it on PostgreSQL, rows as the archive's."""
    rows = {name: table.rows for name, table in archive.tables.items()} | {"captures": 1.0, "versions": 1.0}
    return CrawlCosts(0.0, 0.0, 0.0514, 0.0, 0, crawl_rows={}, article_rows=rows)


def needs(outlets: int, day: Day, measured: Measured, *, page_bytes: float = PAGE_BYTES) -> Needs:
    """day: simulated, of any number of outlets: what counts is its figures of one outlet."""
    archive = measured.archive
    crawl = measured.crawl or _published(archive)
    crawls, articles, revisits = (day.a_day(count) * outlets for count in (day.crawls, day.articles, day.revisits))
    saved = articles + revisits
    fixed_s = crawls * (crawl.idle_s + crawl.start_s)
    rows = {name: crawls * count * _YEAR_D for name, count in crawl.crawl_rows.items()}
    for name, count in crawl.article_rows.items():
        rows[name] = rows.get(name, 0.0) + articles * count * _YEAR_D
    rows["captures"] = rows.get("captures", 0.0) + revisits * _YEAR_D
    rows["versions"] = rows.get("versions", 0.0) + articles * VERSIONS * _YEAR_D
    costs = archive.tables
    return Needs(
        outlets,
        crawls / _DAY_S,
        day.a_day(day.requests) * outlets,
        saved / _DAY_S,
        (fixed_s + saved * crawl.page_s) / _DAY_S / BUSY,
        (saved * archive.server_ms + crawls * measured.handed[0].server_ms) / 1000 / _DAY_S / BUSY,
        rows,
        {name: count * costs[name].row_bytes for name, count in rows.items() if name in costs},
        {name: count * costs[name].index_bytes for name, count in rows.items() if name in costs},
        _YEAR_D * ((articles + revisits * FULL) * page_bytes + revisits * (1 - FULL) * UNCHANGED_BYTES),
        articles * archive.search_bytes * _YEAR_D,
        articles * _YEAR_D,
    )


@dataclass(frozen=True, slots=True)
class Wall:
    """A limit that more workers don't raise. outlets: how many it allows. moved_by: changes that would raise it."""

    part: str
    outlets: float
    basis: str
    moved_by: str


def walls(day: Day, measured: Measured, peak: float) -> list[Wall]:
    """The narrowest first. peak: crawls of the busiest hour, as a ratio to the mean."""
    one = needs(1, day, measured)
    archive = measured.archive
    articles = day.a_day(day.articles)
    first, last = measured.rounds[0], measured.rounds[-1]
    site_s = (
        measured.file_s
        + (last.idle_s - first.idle_s) / (last.sites - first.sites)
        + one.jobs_s * ROUND_H * 3600 * peak * last.enqueued_s
    )
    near, far = measured.handed[0], measured.handed[-1]
    longer_ms = (far.server_ms - near.server_ms) / (far.waiting - near.waiting)  # of each further job that waits
    largest = max(one.table_bytes, key=lambda name: one.table_bytes[name])
    all_walls = [
        Wall(
            "queue: jobs handed out one by one",
            _root(one.jobs_s * peak, near.server_ms, longer_ms * one.jobs_s * peak * ROUND_H * 3600),
            f"{near.server_ms:.0f} ms of the database server a job, and {1000 * longer_ms:.1f} µs more for each that waits: there a quarter "
            f"of the server's {SERVER_CORES} cores, in the busiest hour ({peak:.1f} times the mean)",
            "longer crawls of several sites, fewer queries a job, a queue for each group of sites",
        ),
        Wall(
            "schedule: one round must end before the next",
            ROUND_H * 3600 / site_s,
            f"{1000 * site_s:.2f} ms of its processor for each site in each round of {60 * ROUND_H:.0f} minutes from cron; {1000 * measured.file_s:.2f} ms of "
            "them read the site's file",
            "`--every`, which reads the files once; asking the database for the due sites alone; adding their jobs in one statement",
        ),
        Wall(
            "copies: one process looks for them",
            archive.copies_s * _DAY_S / articles,
            f"{archive.copies_s:.0f} articles in a second of processor time, at this size of archive",
            "a lock for each period of time instead of one",
        ),
        Wall(
            "search index: each machine that has one takes every article in",
            archive.indexed_s * _DAY_S / articles,
            f"{archive.indexed_s:.0f} articles in a second of processor time",
            "an index for each group of sites, asked together",
        ),
        Wall(
            f"database server of {SERVER_CORES} cores",
            SERVER_CORES / one.server_cores,
            f"{archive.server_ms:.1f} ms a save, {BUSY:.0%} busy in the mean",
            "more saves in one transaction; a database for each group of sites",
        ),
        Wall(
            f"table `{largest}`: 32 TB after a year",
            _TABLE / one.table_bytes[largest],
            f"{one.table_bytes[largest] / 1e6:,.0f} MB of an outlet and year",
            "partitions",
        ),
    ]
    return sorted(all_walls, key=lambda wall: wall.outlets)


def _root(jobs_s: float, job_ms: float, longer_ms: float) -> float:
    """The outlets with which the queue takes a quarter of the server. All of one outlet; what waits is a round's jobs."""
    a, b, c = jobs_s * longer_ms, jobs_s * job_ms, -1000.0 * SERVER_CORES / 4
    return (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a)


def needs_lines(each: Mapping[int, Needs]) -> Iterator[str]:
    """Lines of Markdown: a column for each size of fleet."""

    def row(name: str, values: list[str]) -> str:
        return f"| {name} | {' | '.join(values)} |"

    all_needs = list(each.values())
    yield row("estimated", [f"{need.outlets:,} outlets" for need in all_needs])
    yield f"| --- |{' --: |' * len(all_needs)}"
    yield row("articles a day", [f"{need.articles / _YEAR_D:,.0f}" for need in all_needs])
    yield row("requests a day", [f"{need.requests_day:,.0f}" for need in all_needs])
    yield row("jobs a second, mean", [f"{need.jobs_s:.1f}" for need in all_needs])
    yield row("saves a second, mean", [f"{need.writes_s:.0f}" for need in all_needs])
    yield row("cores of the crawling machines", [f"{need.cores:,.0f}" for need in all_needs])
    yield row("cores of the database server", [f"{need.server_cores:.1f}" for need in all_needs])
    yield row("WARC files, TB a year", [f"{need.warc_bytes / 1e12:,.1f}" for need in all_needs])
    yield row("search index, TB a year", [f"{need.search_bytes / 1e12:,.2f}" for need in all_needs])
    yield row("tables, TB a year", [f"{sum(need.table_bytes.values()) / 1e12:,.2f}" for need in all_needs])
    yield row("their indexes, TB a year", [f"{sum(need.index_bytes.values()) / 1e12:,.2f}" for need in all_needs])
    largest = sorted(all_needs[0].rows, key=lambda name: -all_needs[0].rows[name])[:9]
    for name in largest:
        yield row(f"rows of `{name}` a year, millions", [f"{need.rows[name] / 1e6:,.0f}" for need in all_needs])


def million_lines(need: Needs, prices: Prices) -> Iterator[str]:
    """Lines about the cost of a million articles, with their revisits of thirty days."""
    share = 1e6 / need.articles
    core_hours = (need.cores + need.server_cores) * BUSY * _YEAR_D * 24 * share
    disk = (
        (need.warc_bytes + sum(need.table_bytes.values()) + sum(need.index_bytes.values()) + need.search_bytes)
        * share
        / _GB
    )
    yield f"A million articles of {need.outlets:,} outlets, with their revisits: {core_hours:,.0f} core-hours and {disk:,.0f} GB"
    yield f"({need.warc_bytes * share / _GB:,.0f} of them WARC files). Money: core-hours × the price of one, and for each month kept GB × the price of"
    yield "a GB (`python -m tests.benchmarks.scale --part estimated --core-hour PRICE --gb-month PRICE`)."
    if prices.core_hour is not None and prices.gb_month is not None:
        yield f"At these prices: {core_hours * prices.core_hour:,.2f} once and {disk * prices.gb_month:,.2f} a month."


def wall_lines(listed: list[Wall]) -> Iterator[str]:
    """Lines of Markdown."""
    yield from ("| part | carries, outlets | because | moved by |", "| --- | --: | --- | --- |")
    for wall in listed:
        yield f"| {wall.part} | {_rounded(wall.outlets)} | {wall.basis} | {wall.moved_by} |"


def _rounded(value: float) -> str:
    """Two digits: more are not known."""
    digits = len(str(int(value))) - 2
    return f"{round(value, -digits):,.0f}"
