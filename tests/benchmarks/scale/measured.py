"""The measured inputs of the estimates, kept in a file beside this one, and shown as tables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.archive import machine
from tests.benchmarks.scale import archive_costs, crawl_costs, queue_costs
from tests.benchmarks.scale.archive_costs import ArchiveCosts, TableCosts
from tests.benchmarks.scale.crawl_costs import CrawlCosts
from tests.benchmarks.scale.queue_costs import Handed, Round

FILE = Path(__file__).with_name("measured.json")
LENGTHS, SITES, FILES = (100, 1_000, 10_000, 50_000), (5_000, 100_000), (500, 5_000)


@dataclass(frozen=True, slots=True)
class Measured:
    """All of them, with the day and the machine. file_s: processor seconds in which a process reads one site file.

    crawl: None: not measured, and the estimates take what docs/benchmarks-crawl.md has.
    """

    machine: str
    crawl: CrawlCosts | None
    archive: ArchiveCosts
    handed: list[Handed]
    rounds: list[Round]
    file_s: float

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def measure(postgres: str) -> Measured:
    """Measure them all: some minutes."""
    few, many = map(queue_costs.reading_site_files, FILES)
    return Measured(
        machine(),
        crawl_costs.measure(postgres),
        archive_costs.measure(postgres),
        queue_costs.handed_out(postgres, LENGTHS),
        [queue_costs.schedule_round(postgres, sites) for sites in SITES],
        (many - few) / (FILES[1] - FILES[0]),
    )


def read() -> Measured:
    """Those of the last run that wrote them."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    archive = dict(kept["archive"])
    archive["tables"] = {name: TableCosts(**table) for name, table in archive["tables"].items()}
    return Measured(
        kept["machine"],
        CrawlCosts(**kept["crawl"]) if kept["crawl"] else None,
        ArchiveCosts(**archive),
        [Handed(**each) for each in kept["handed"]],
        [Round(**each) for each in kept["rounds"]],
        kept["file_s"],
    )


def lines_of(measured: Measured) -> Iterator[str]:
    """Lines of Markdown."""
    crawl, archive = measured.crawl, measured.archive
    yield from (measured.machine, "", "| a crawl of a worker | |", "| --- | --: |")
    if crawl is not None:
        yield f"| processor time of a crawl that finds nothing new | {crawl.idle_s:.2f} s |"
        yield f"| more where it has pages to read, once | {crawl.start_s:.2f} s |"
        yield f"| more for each new article | {1000 * crawl.page_s:.0f} ms |"
        yield f"| memory of a crawl, at the peak | {crawl.memory_mb:.0f} MB |"
        yield f"| rows of a crawl that finds nothing new | {_rows(crawl.crawl_rows)} |"
        yield f"| rows of a new article | {_rows(crawl.article_rows)} |"
    yield f"| processor time to read one site file, once in the process of a schedule or worker | {1000 * measured.file_s:.2f} ms |"
    yield from ("", "| a save, each in its own transaction | |", "| --- | --: |")
    yield f"| statements | {archive.statements:.0f} |"
    yield f"| processor time of the database server | {archive.server_ms:.1f} ms |"
    yield f"| processor time of the process that saves | {archive.client_ms:.1f} ms |"
    yield f"| a page of {archive.page_bytes:,.0f} bytes in its WARC file | {archive.warc_bytes:,.0f} bytes |"
    yield f"| an article in the search index | {archive.search_bytes:,.0f} bytes |"
    yield f"| articles indexed in a second of processor time | {archive.indexed_s:,.0f} |"
    yield f"| articles whose copies are looked for in a second of processor time | {archive.copies_s:,.0f} |"
    yield from ("", "| bytes on PostgreSQL | rows of an article here | of a row | of its index entries |")
    yield "| --- | --: | --: | --: |"
    for name, table in sorted(archive.tables.items(), key=lambda each: -_bytes(each[1])):
        yield f"| `{name}` | {table.rows:.2f} | {table.row_bytes:,.0f} | {table.index_bytes:,.0f} |"
    yield from ("", "| jobs that wait | taken and ended a second, by four | processor time of the server for each |")
    yield "| --: | --: | --: |"
    for handed in measured.handed:
        yield f"| {handed.waiting:,} | {handed.a_second:.0f} | {handed.server_ms:.1f} ms |"
    yield from (
        "",
        "| sites | processor time of a round of the schedule with nothing due | more for each site that is enqueued |",
    )
    yield "| --: | --: | --: |"
    for each in measured.rounds:
        # A difference of two rounds: where it is as small as their noise, it may be negative.
        enqueued = f"{1000 * each.enqueued_s:.0f} ms" if each.enqueued_s >= 0.0005 else "less than 1 ms"
        yield f"| {each.sites:,} | {each.idle_s:.1f} s | {enqueued} |"


def _bytes(table: TableCosts) -> float:
    return table.rows * (table.row_bytes + table.index_bytes)


def _rows(rows: Mapping[str, float]) -> str:
    return ", ".join(f"{count:.1f} `{name}`" for name, count in sorted(rows.items(), key=lambda each: -each[1]))
