"""Options that say which articles are exported, and what of each; and the selection that they make."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from storage.errors import UsageError

if TYPE_CHECKING:
    from storage.export import ExportSelection


class PageStatus(StrEnum):
    """Whether an article is still on its site."""

    LIVE = "live"
    GONE = "gone"


Country = Annotated[
    str | None, typer.Option("--country", metavar="CODE", help="Only sites of this country, ISO 3166: MA.")
]
Author = Annotated[str | None, typer.Option("--author", metavar="NAME", help="By this author, or words of the name.")]
Tag = Annotated[str | None, typer.Option("--tag", metavar="NAME", help="With this tag, in any spelling.")]
Status = Annotated[
    PageStatus | None, typer.Option("--status", metavar="live|gone", help="Still on its site, or gone from it.")
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="TAG", help="Whose page states this language, BCP 47: ar.")
]
SeenFrom = Annotated[
    str | None, typer.Option("--seen-from", metavar="DAY", help="First seen by the archive on this day or later.")
]
SeenTo = Annotated[
    str | None, typer.Option("--seen-to", metavar="DAY", help="First seen by the archive on this day or before.")
]
ChangedFrom = Annotated[
    str | None, typer.Option("--changed-from", metavar="DAY", help="Whose text was changed on this day or later.")
]
ChangedTo = Annotated[
    str | None, typer.Option("--changed-to", metavar="DAY", help="Whose text was changed on this day or before.")
]
Zone = Annotated[
    str, typer.Option("--timezone", metavar="ZONE", help="Whose days are meant by all of these: Asia/Riyadh.")
]
MinWords = Annotated[int | None, typer.Option("--min-words", metavar="N", min=0, help="With so many words or more.")]
MaxWords = Annotated[int | None, typer.Option("--max-words", metavar="N", min=0, help="With so many words or fewer.")]
IgnoreReservations = Annotated[
    bool,
    typer.Option(
        "--ignore-reservations",
        help="Also articles whose pages ask not to be indexed, archived, mined or trained on.",
    ),
]
RespectReservations = Annotated[
    bool, typer.Option("--respect-reservations", help="Leave those out, which is what happens anyway.")
]
Fields = Annotated[
    str | None,
    typer.Option("--fields", metavar="NAMES", help="Only these fields: url,title,text; or all but some: -text,-image."),
]
ShardSize = Annotated[
    str | None,
    typer.Option(
        "--shard-size",
        metavar="SIZE",
        help="Several files OUT-00000, OUT-00001 …, each of about this size before compression: 500M.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]


def selection_of(given: Mapping[str, Any]) -> "ExportSelection":
    """The selection that a command's parameters make; absent ones are no condition. Raises UsageError."""
    from storage.export import ExportSelection
    from storage.export.article_schema import chosen_fields
    from storage.filters import Filters

    if given["ignore_reservations"] and given["respect_reservations"]:
        raise UsageError("--ignore-reservations and --respect-reservations contradict each other; name one")

    def days(first: str, last: str, names: tuple[str, str]) -> tuple[datetime | None, datetime | None]:
        return options.span(given[first], given[last], given["zone"], names=names)

    start, end = days("start", "end", ("--from", "--to"))
    seen_since, seen_before = days("seen_from", "seen_to", ("--seen-from", "--seen-to"))
    changed_since, changed_before = days("changed_from", "changed_to", ("--changed-from", "--changed-to"))
    filters = Filters(
        start=start,
        end=end,
        seen_since=seen_since,
        seen_before=seen_before,
        changed_since=changed_since,
        changed_before=changed_before,
        **{name: given[name] for name in _AS_GIVEN},
    )
    return ExportSelection(filters, chosen_fields(given["fields"]), reserved=given["ignore_reservations"])


# Parameters that are filters of the same name.
_AS_GIVEN = ("site", "country", "section", "author", "tag", "status", "language", "min_words", "max_words")
