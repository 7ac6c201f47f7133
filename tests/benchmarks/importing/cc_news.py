"""Records per second of an import of a file like those of CC-NEWS, compared in one run with warcio on the same file.

    python -m tests.benchmarks.importing.cc_news --dry-run --records 1000
    python -m tests.benchmarks.importing.cc_news --write

Skipped are the records that a filter leaves out: by their bytes (--language ar), or by their address (--sites, of a host
that the file has no page of). The peer decompresses and parses every record, and reads its body. The best of the
rounds counts, as load only ever adds time.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.registry.declared_sites import Declared
from crawler.workers.imported_texts import ImportedTexts
from crawler.workers.warc_rebuild import RebuildExtractor
from storage.archive import Archive
from storage.imports.import_filters import ImportFilters
from storage.imports.reject_log import RejectLog
from storage.imports.text_import import TextImport
from storage.imports.warc_import import import_warc
from storage.imports.warc_runs import Imported
from tests.benchmarks.document import replace_section
from tests.support.imports.cc_news import Made, write_cc_news
from tests.support.imports.text_files import own_record, write_lines

DOCUMENT = Path(__file__).parents[3] / "docs/benchmarks-import.md"
SECTION = "imports"


def peer(path: Path) -> None:
    """Read every body with warcio."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            record.content_stream().read()


def take(path: Path, folder: Path, *, sites: frozenset[str] = frozenset(), language: str | None = None) -> Imported:
    """Import the file into a new archive."""
    reader = ImportedTexts(Declared({}, {}))
    filters = ImportFilters(reader.name_of, reader.is_declared, False, sites, language)
    with Archive.open(folder) as archive, RebuildExtractor(folder) as extractor:
        extractor.keep_in(archive)
        return import_warc(
            archive,
            extractor,
            path,
            now=datetime.now(UTC),
            name_of=reader.name_of,
            filters=filters,
            rejects=RejectLog(),
        )


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def check(made: Made, done: Imported) -> None:
    """Raises AssertionError if the import's result is wrong."""
    assert done.articles == len(made.articles), (done.articles, len(made.articles))
    assert done.skipped == {"language": made.kinds["other language"]}
    assert len(done.unreadable) == len(made.unreadable)
    assert len(done.damaged) == made.kinds["broken record"]


def _works(made: Made, path: Path, whole: Path, lines: Path, folder: Path) -> dict[str, Callable[[], object]]:
    """The measured operations of a round. folder: where its archives are made."""
    return {
        "warcio alone": lambda: peer(whole),
        "`--sites`: all skipped": lambda: take(whole, folder / "none", sites=frozenset({"x.test"})),
        "`--language ar`: all skipped": lambda: take(whole, folder / "no-ar", language="ar"),
        "`--language ar`: 2 % taken in": lambda: check(made, take(path, folder / "ar", language="ar")),
        "the same again": lambda: take(path, folder / "ar", language="ar"),
        "JSON lines of ours": lambda: take_texts(lines, folder / "texts"),
    }


def measured(records: int, rounds: int) -> str:
    """The table."""
    rates: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, whole = folder / "cc.warc.gz", folder / "whole.warc.gz"
        made = write_cc_news(path, records)
        write_cc_news(whole, records, arabic=1 / (2 * records))  # the peer stops at damage
        lines = write_lines(folder / "x.jsonl", *(own_record(number) for number in range(records)))
        for number in range(rounds):
            work = _works(made, path, whole, lines, folder / str(number))
            for what, doing in work.items():
                rates.setdefault(what, []).append(records / seconds(doing))
    peak = max(rates["warcio alone"])
    rows = [f"| {what} | {max(each):,.0f} | {max(each) / peak:.2f} |" for what, each in rates.items()]
    summary = f"{made.records:,} records, {sum(made.kinds.values()) - made.kinds['other language']:,} of them Arabic"
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(made.kinds.items()) if kind != "other language")
    head = ["| import | records/s | of warcio |", "| --- | ---: | ---: |"]
    return "\n".join([f"{summary} ({kinds}); the best of {rounds} rounds:", "", *head, *rows])


def take_texts(lines: Path, folder: Path) -> None:
    """Import Warraq's own records into a new archive, with the search index and the copies."""
    reader = ImportedTexts(Declared({}, {}))
    with Archive.open(folder) as archive:
        work = TextImport(archive, reader, ImportFilters(reader.name_of), RejectLog(), "warraq")
        work.take(lines, now=datetime.now(UTC))
        work.finish()


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    table = measured(given.records, given.rounds)
    print(table)
    if given.write and not given.dry_run:
        replace_section(DOCUMENT, SECTION, table)


if __name__ == "__main__":
    main()
