"""`warraq diff`: the differences between two versions of an article, word by word."""

from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.articles.show import Ref, or_usage_error
from crawler.output.printing import print_json
from storage.errors import UsageError
from storage.messages import message


def diff(
    ref: Ref,
    old: Annotated[
        int | None, typer.Argument(metavar="[N]", min=1, help="From this version; alone: to it, from the one before.")
    ] = None,
    new: Annotated[int | None, typer.Argument(metavar="[M]", min=1, help="To this version.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show the unchanged paragraphs, too.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show what changed between two versions, word by word.

    Without numbers: what the latest version changed. In colour on a terminal; elsewhere [-deleted-] and {+inserted+}.

    For example:

        warraq diff 12

        warraq diff https://www.example.com/2025/10/28/slug/ 1 3 --json
    """
    from crawler.output.diff_view import print_difference
    from storage import queries
    from storage.db.database import open_readonly

    engine = open_readonly(archive, db)
    record = or_usage_error(ref, queries.article_by(engine, ref))
    first, last = _numbers(record, old, new)
    difference = queries.difference(engine, record["id"], first, last)
    if difference is None:
        raise UsageError(
            message(
                "article {id} has versions 1 to {newest}; there is no {first} or {last}",
                id=record["id"],
                newest=record["versions"],
                first=first,
                last=last,
            )
        )
    if as_json:
        print_json({"id": record["id"], "url": record["url"], **difference})
    else:
        print_difference(record, difference, everything=everything)


def _numbers(record: dict[str, Any], old: int | None, new: int | None) -> tuple[int, int]:
    newest = record["version"]
    if new is not None and old is not None:
        return old, new
    last = newest if old is None else old
    if record["status"] == "removed":
        raise UsageError(message("article {id} was taken down; no version of it is left", id=record["id"]))
    if newest == 1:
        raise UsageError(message("article {id} has one version: nothing of it changed", id=record["id"]))
    if last == 1:
        raise UsageError(message("version 1 is the first; name two versions, such as 1 2"))
    return last - 1, last
