"""`warraq show` and `warraq history`: one article and its versions. Does not load the crawler."""

from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.output.article_view import print_article
from crawler.output.printing import console, minute, one_line, print_json, table
from crawler.translation import _, terminal_line
from storage.errors import UsageError
from storage.messages import message

Ref = Annotated[str, typer.Argument(metavar="URL|ID", help="An article: its URL in any spelling, or its number.")]


def or_usage_error(ref: str, answer: Any) -> Any:
    """Return `answer`. Raises UsageError if it is None: no such article."""
    if answer is None:
        raise UsageError(
            message("the archive holds no article {ref!r}; `warraq search` finds them by their words", ref=ref)
        )
    return answer


def show(
    ref: Ref,
    number: Annotated[
        int | None, typer.Option("--version", metavar="N", min=1, help="As version N had it; `history` lists them.")
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show one article, as it stands or as it stood.

    For example:

        warraq show 12

        warraq show 12 --version 1
    """
    from storage import queries
    from storage.db.database import open_readonly

    engine = open_readonly(archive, db)
    record = or_usage_error(ref, queries.article_by(engine, ref))
    removal = queries.removal(engine, record["id"])
    if removal is not None:
        if as_json:
            print_json({**record, "removal": removal})
        else:
            line = _("article {id} was {taken_down}").format(id=record["id"], taken_down=_taken_down(removal))
            console().print(terminal_line(line), markup=False, soft_wrap=True)
        return
    if number is not None:
        older = queries.version(engine, record["id"], number)
        if older is None:
            raise UsageError(
                message(
                    "article {id} has {newest} versions; there is no {number}",
                    id=record["id"],
                    newest=record["versions"],
                    number=number,
                )
            )
        if as_json:
            print_json(older)
            return
        own = {"version": number, "status": None, "first_seen_at": older["seen_at"], "last_seen_at": None}
        own["imported_from"] = older["imported"] and older["imported"]["format"]
        record |= older["details"] | {key: older[key] for key in ("title", "subtitle", "text")} | own
    if as_json:
        print_json(record)
    else:
        print_article(record)


def _taken_down(removal: dict[str, Any]) -> str:
    by, why = one_line(removal["removed_by"]), one_line(removal["reason"])
    line = _("taken down on {at} (UTC) by {person}: {why}")
    return line.format(at=minute(removal["removed_at"]), person=by, why=why)


def history(
    ref: Ref,
    with_events: Annotated[
        bool, typer.Option("--events", help="With --json: an object of versions and events, not the versions alone.")
    ] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the versions of one article.

    When each was first seen, what changed, when the article was gone and there again, and when it was parted from
    another one. `warraq show ID --version N` shows one.

    For example:

        warraq history https://www.example.com/2025/10/28/slug/ --json
    """
    from storage import queries
    from storage.db.database import open_readonly

    engine = open_readonly(archive, db)
    removal = queries.removal(engine, ref)
    if removal is not None:
        raise UsageError(
            message("no version is left of article {ref}: it was {how}", ref=ref, how=_taken_down(removal))
        )
    versions = or_usage_error(ref, queries.history(engine, ref) or None)
    events = queries.article_events(engine, queries.article_by(engine, ref))
    if as_json:
        print_json({"versions": versions, "events": events} if with_events else versions)
        return
    rows = [[v["number"], minute(v["seen_at"]), _what_changed(v), v["word_count"], v["title"]] for v in versions]
    columns = [_("version"), _("seen (UTC)"), _("changed"), _("words"), _("headline")]
    out = console()
    out.print(table(None, columns, rows, right=(0, 3), unbroken=(1, 2)))
    for v in versions:
        if v["imported"] is not None:
            line = _("version {number} was imported {at} (UTC) as {format} from {file}; {shown}").format(
                number=v["number"],
                at=minute(v["imported"]["at"]),
                format=v["imported"]["format"],
                file=one_line(v["imported"]["file"]),
                shown=_("no capture of ours shows it") if v["warc"] is None else _("a later capture of ours shows it"),
            )
            out.print(terminal_line(line), markup=False, soft_wrap=True)
    for event in events:
        line = f"{_(event['event'])} {minute(event['at'])} (UTC)"
        if event["since"]:
            missing = _(", missing since {at}: {reason}")
            line += missing.format(at=minute(event["since"]), reason=_(event["reason"]))
        if "to" in event:
            line += _(", to {url}").format(url=one_line(event["to"]))
        if "other" in event:
            line += _(", from article {id}: both gave one canonical address").format(id=event["other"])
        out.print(terminal_line(line), markup=False, soft_wrap=True)


def _what_changed(version: dict[str, Any]) -> str:
    """The changed parts in words; "nothing" if a later extraction made a version equal to the one before."""
    return _(", ").join(map(_, version["changed"])) or (_("first seen") if version["number"] == 1 else _("nothing"))
