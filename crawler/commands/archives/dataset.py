"""`warraq dataset`: write articles as a data set in a folder that can be cited."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crawler.commands import options, selections
from crawler.commands.shared_options import takes
from crawler.output.progress_bar import progress_bar
from storage.errors import UsageError
from storage.messages import message


@takes(selections.selection_options)
def dataset(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its name.")] = "Arabic news",
    creator: Annotated[
        str, typer.Option("--creator", metavar="NAME", help="Who is cited as having made it.")
    ] = "The operators of a Warraq archive",
    file_format: Annotated[
        Literal["parquet", "jsonl.zst", "jsonl.gz", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="Of the data: parquet, jsonl.zst, jsonl.gz or jsonl."),
    ] = "parquet",
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="PERCENT", help="Train, validation and test, drawn by --seed: 90,5,5."),
    ] = None,
    split_at: Annotated[
        str | None,
        typer.Option(
            "--split-at", metavar="DAYS", help="The days that validation and test begin: 2026-10-01,2026-11-01."
        ),
    ] = None,
    *,
    shared: dict[str, Any],
    rejects: Annotated[bool, typer.Option("--rejects", help="Also what was left out, and why.")] = False,
    shard_size: selections.ShardSize = None,
    force: selections.Force = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Make a data set: data in splits, manifest, card with measured statistics and plots, metadata, citation.

    `datasets.load_dataset(DIR)` reads it. Splits never part a cluster of near-duplicates. The folder appears when it is
    complete, and the same archive gives the same bytes. docs/datasets.md shows one.

    For example:

        warraq dataset news-2026 --from 2026-01-01 --to 2026-12-31 --split 90,5,5 --seed 7
    """
    from crawler.output.printing import print_json
    from storage.db.database import open_readonly
    from storage.export.dataset import DatasetRequest, write_dataset
    from storage.export.dataset.splits import Splits, shares_of
    from storage.queries.article_lists import count_articles
    from storage.similar import copy_log

    if split is not None and split_at is not None:
        raise UsageError(message("--split and --split-at contradict each other; name one"))
    request = DatasetRequest(
        title,
        creator,
        Splits(shares_of(split), shared["seed"], _days(split_at, shared["zone"])),
        f".{file_format}",
        options.size(shard_size or "500M", "--shard-size") or 0,
        rejects,
        selections.rebuild_command(context),
    )
    selection = selections.selection_of(shared)
    engine = open_readonly(archive, db)
    copy_log.catch_up_if_possible(engine)
    total = count_articles(engine, selection.filters) if sys.stderr.isatty() else None
    with progress_bar("articles") as advance:
        done = write_dataset(
            engine, folder, selection, request, force=force, on_progress=lambda written: advance(written, total)
        )
    if as_json:
        files = [path.relative_to(folder).as_posix() for path in done.paths]
        print_json({"articles": done.rows, "left_out": done.left_out.reasons, "folder": str(folder), "files": files})
    else:
        print("\n".join(selections.summary_lines(done, str(folder))))


def _days(text: str | None, zone: str) -> tuple[str, ...]:
    from storage.export.batches import stored_instant

    if text is None:
        return ()
    days = [options.span(day, None, zone, names=("--split-at", "--to"))[0] for day in text.split(",")]
    instants = tuple(stored_instant(day) for day in days if day is not None)
    if len(instants) > 2 or list(instants) != sorted(set(instants)):
        raise UsageError(message("--split-at {text!r} should be one day or two, the earlier one first", text=text))
    return instants
