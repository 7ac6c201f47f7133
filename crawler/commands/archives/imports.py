"""`warraq import`: add WARC files, and articles as text, to the archive."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.import_view import print_results
from crawler.output.printing import print_json
from crawler.output.progress_bar import progress_bar
from crawler.output.stderr_lines import print_notice
from storage.errors import ArchiveError, UsageError
from storage.messages import message, words_of

if TYPE_CHECKING:
    from crawler.workers.bulk.engines import NewPool
    from crawler.workers.imported_texts import ImportedTexts
    from storage.archive import Archive
    from storage.imports.field_maps import FieldMap
    from storage.imports.import_filters import ImportFilters
    from storage.imports.reject_log import RejectLog

EXIT_DAMAGED = ArchiveError.exit_code
EXIT_UNREADABLE = 1
_WARC_SUFFIXES = (".warc", ".warc.gz")


def import_files(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="WARC files, JSON files, text pages, or folders of them.")
    ],
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="The declared site that pages are of whose record names none."),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option("--preset", metavar="NAME", help="Whose JSON it is: warraq, news-please, fundus, plain."),
    ] = None,
    field_map: Annotated[
        str | None,
        typer.Option("--map", metavar="OURS=THEIRS,…", help="Fields of other JSON: url=link,title=head,text=body."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Only pages in this language: ar, the one that can be told."),
    ] = None,
    declared_only: Annotated[bool, typer.Option("--declared-only", help="Only pages of declared sites.")] = False,
    sites: Annotated[
        str | None, typer.Option("--sites", metavar="NAME,…", help="Only pages of these sites: names, or hosts.")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Also write what was not taken in, and why: JSON lines."),
    ] = None,
    warc_size: options.WarcSize = None,
    warc_store: options.WarcStore = None,
    engine: options.BulkEngine = "local",
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Take WARC files and articles as text into the archive. Doing it twice adds nothing.

    The HTML pages of WARC files are kept and read as if they had been fetched. Files that lie in the archive's own
    warc folder stay where they are and get their rows: with the database lost, importing them all rebuilds it.

    JSON lines, arrays and objects (.jsonl, .ndjson, .json, also with .gz or .zst) hold articles as text: an export of
    ours, what news-please and fundus write, or any other by --map. A text page (.txt) has its URL in the first line.
    Such an article is kept as imported: no capture of ours shows it, and it never changes one that a capture shows.

    A page is of the site that the file names, else of --site, else of the declared site of its host, else of one that
    is named after the host. What was taken down is not taken in again.

    Exit codes: 1 pages or records that can't be read; 2 a file that can't be; 5 a damaged file.

    For example:

        warraq import archive/warc/*.warc.gz

        warraq import CC-NEWS-20260501.warc.gz --language ar --declared-only --rejects rejects.jsonl

        warraq import articles.jsonl --map url=link,title=headline,text=body
    """
    options.start_log(context, log_format, log_file)
    from crawler.registry import declared_sites
    from crawler.workers.bulk.engines import bulk_engine
    from crawler.workers.imported_texts import ImportedTexts
    from storage.archive import Archive
    from storage.imports.field_maps import preset as preset_of
    from storage.imports.field_maps import users_map
    from storage.imports.import_filters import ImportFilters
    from storage.imports.reject_log import RejectLog, reject_file
    from storage.warc.writer import warc_bytes

    if preset is not None and field_map is not None:
        raise UsageError(message("--preset and --map both say how fields are named; give one of them"))
    if preset is not None:
        preset_of(preset)
    by = users_map(field_map) if field_map is not None else preset
    folder, full = archive.absolute(), warc_bytes(warc_size)
    chosen = list(_files(files))
    knowledge = ImportedTexts(declared_sites.declared(), site)
    hosts = frozenset(filter(None, (each.strip().removeprefix("www.") for each in (sites or "").split(","))))
    filters = ImportFilters(knowledge.name_of, knowledge.is_declared, declared_only, hosts, language)
    results: list[dict[str, Any]] = []
    code = 0
    with ExitStack() as stack:
        out = stack.enter_context(reject_file(rejects))
        opened = stack.enter_context(Archive.open(folder, db, warc_bytes=full, warc_store=warc_store))
        warcs = [(path, RejectLog(out)) for path in chosen if not _is_text(path)]
        texts = [(path, RejectLog(out)) for path in chosen if _is_text(path)]
        new_pool = stack.enter_context(bulk_engine(engine))
        pages = _import_warcs(opened, warcs, knowledge, filters, new_pool)
        for result in (*pages, *_import_texts(opened, texts, knowledge, filters, by)):
            if isinstance(result, UsageError):  # the other files are still imported
                print_notice(words_of(result))
                code = UsageError.exit_code
            else:
                results.append(result)
    if as_json:
        print_json({"results": results})
    else:
        print_results(results)
    if any(each.get("damaged") or (each["file"] is None and each["unreadable"]) for each in results):
        code = EXIT_DAMAGED
    elif any(each.get("unreadable") or each.get("rejects", {}).get("invalid") for each in results):
        code = code or EXIT_UNREADABLE
    if opened.upload_error is not None:
        raise opened.upload_error
    raise typer.Exit(code)


def _import_texts(
    archive: "Archive",
    files: "list[tuple[Path, RejectLog]]",
    knowledge: "ImportedTexts",
    filters: "ImportFilters",
    by: "FieldMap | str | None",
) -> Iterator[dict[str, Any] | UsageError]:
    """Import files of texts; return a result for each."""
    from storage.imports.text_import import TextImport

    for path, log in files:
        work = TextImport(archive, knowledge, filters, log, by)
        total = path.stat().st_size
        try:
            with progress_bar(path.name, in_bytes=True) as advance:
                done = work.take(path, now=datetime.now(UTC), progress=lambda at: advance(at, total))  # noqa: B023
        except UsageError as error:
            yield error
        else:
            rejected = {"rejects": dict(log.reasons), "examples": log.examples}
            yield {"file": str(path), **asdict(done), **rejected}
    if files:
        work.finish()


def _import_warcs(
    archive: "Archive",
    files: "list[tuple[Path, RejectLog]]",
    knowledge: "ImportedTexts",
    filters: "ImportFilters",
    new_pool: "NewPool",
) -> Iterator[dict[str, Any] | UsageError]:
    """Import WARC files; return a result for each. Files of the archive itself are one result, the first."""
    from crawler.workers.warc_rebuild import RebuildExtractor
    from storage.imports.warc_import import import_warc
    from storage.maintenance.rebuild import rebuild_from_warc

    if not files:
        return
    warcs = (archive.folder / "warc").resolve()
    own = [path for path, _ in files if path.resolve().parent == warcs]
    with RebuildExtractor(archive.folder, new_pool) as extractor:
        extractor.keep_in(archive)
        if own:
            with progress_bar("own WARC files", in_bytes=True) as advance:
                names = dict.fromkeys(path.resolve().name for path in own)
                paths = [archive.folder / "warc" / name for name in names]
                linked = rebuild_from_warc(archive, extractor, paths, on_progress=advance)
            yield {"file": None, "known": 0, "others": 0, "own_files": len(own), **asdict(linked)}
        for path, log in files:
            if path in own:
                continue
            total = path.stat().st_size
            try:
                with progress_bar(path.name, in_bytes=True) as advance:
                    done = import_warc(
                        archive,
                        extractor,
                        path,
                        now=datetime.now(UTC),
                        name_of=knowledge.name_of,
                        filters=filters,
                        rejects=log,
                        on_progress=lambda at: advance(at, total),  # noqa: B023
                    )
            except UsageError as error:
                yield error
            else:
                yield {"file": str(path), **asdict(done), "rejects": dict(log.reasons)}


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files, in order; for a folder, all files below it with a known suffix. Raises UsageError."""
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            below = [each for each in sorted(path.rglob("*")) if each.is_file()]
            importable = [each for each in below if _is_text(each) or each.name.lower().endswith(_WARC_SUFFIXES)]
            if not importable:
                raise UsageError(message("the folder {path} holds no WARC, JSON or text file", path=path))
            yield from importable
        else:
            raise UsageError(message("there is no file {path}", path=path))


def _is_text(path: Path) -> bool:
    """Whether a file name is that of articles as text; any other file is read as a WARC file."""
    from storage.imports.json_files import SUFFIXES
    from storage.imports.text_pages import TEXT_SUFFIXES

    return path.name.lower().endswith((*SUFFIXES, *TEXT_SUFFIXES))
