"""`warraq changes`: edits and deletions by newspapers, newest first. Does not load the crawler."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import console, minute, one_line, print_json, table
from crawler.output.stderr_lines import print_stderr
from crawler.translation import _
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.queries.recent_edits import Edit

_MANY = 500  # edits in one query


def changes(
    site: options.SiteFilter = None,
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class", metavar="NAME", help="Only edits of this class, such as number or gone. May be repeated."
        ),
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Seen on this day or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Seen on this day or before.")] = None,
    zone: options.Zone = "UTC",
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Only of the article at this URL.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many, newest first.")] = 50,
    as_json: options.Json = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="Print a line of JSON an edit, for programs.")] = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List what newspapers edited, took offline and put back, newest first.

    Classes: headline, correction, rewrite, "paragraph added", "paragraph removed", reorder, quote, number, date, name,
    spelling, punctuation, boilerplate; body, small and metadata are coarser; gone and restored befall an article.
    docs/archive.md says what each means. `warraq diff` shows one edit word by word.

    For example:

        warraq changes --site hespress --class number --class correction --from 2026-11-01
    """
    from storage import queries
    from storage.db.database import open_readonly
    from storage.queries.recent_edits import LISTED_CLASSES

    names = [" ".join(name.split()).lower() for name in classes or ()]
    for name in names:
        if name not in LISTED_CLASSES:
            raise UsageError(
                message(
                    "there is no class {name!r}; the classes are {known}", name=name, known=", ".join(LISTED_CLASSES)
                )
            )
    if as_json and as_lines:
        raise UsageError(message("--json prints one list, --jsonl a line an edit; give one of them"))
    begins, ends = options.span(start, end, zone)
    engine = open_readonly(archive, db)
    if url is not None and queries.article_by(engine, url) is None:
        raise UsageError(
            message("the archive holds no article {ref!r}; `warraq search` finds them by their words", ref=url)
        )
    about: dict[str, Any] = {"site": site, "url": url, "start": begins, "end": ends}
    edits = _edits(engine, names or list(LISTED_CLASSES), limit, about)
    if not edits:
        options.warn_unknown_site(engine, site)
    _print(edits, as_json=as_json, as_lines=as_lines)


def _edits(engine: "Engine", classes: list[str], limit: int, about: dict[str, Any]) -> "list[Edit]":
    from storage.queries.recent_edits import recent_edits

    edits: list[Edit] = []
    after = None
    while len(edits) < limit:
        page = recent_edits(engine, classes=classes, limit=min(limit - len(edits), _MANY), after=after, **about)
        edits += page.edits
        after = page.after
        if after is None:
            break
    return edits


def edit_record(edit: "Edit") -> dict[str, Any]:
    """The JSON object of an edit (docs/formats.md)."""
    record = asdict(edit)
    del record["position"]
    return record


def _print(edits: "list[Edit]", *, as_json: bool, as_lines: bool) -> None:
    if as_json:
        print_json([edit_record(edit) for edit in edits])
        return
    if as_lines:
        import orjson

        sys.stdout.flush()
        for edit in edits:
            sys.stdout.buffer.write(orjson.dumps(edit_record(edit), option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
        return
    if not edits:
        print_stderr(_("no edit of the archive matches"))
        return
    rows = [
        [minute(edit.at), edit.site, edit.article_id, _version(edit), _edit_or_event(edit), one_line(edit.title)]
        for edit in edits
    ]
    columns = ["seen (UTC)", "site", "article", "versions", "what", "headline"]
    console().print(table(None, columns, rows, right=(2,), unbroken=(0, 3)))


def _version(edit: "Edit") -> str:
    return "-" if edit.number is None else f"{edit.number - 1} → {edit.number}"


def _edit_or_event(edit: "Edit") -> str:
    """The classes of the edit, or the event of the article."""
    from storage.queries.stored_edits import shown_classes

    if edit.number is None:
        return f"{', '.join(edit.classes)}{f' ({edit.reason})' if edit.reason else ''}"
    return ", ".join(shown_classes(edit.edits, edit.classes)) or "nothing"
