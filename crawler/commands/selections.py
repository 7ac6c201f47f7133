"""Options that select the articles and fields of an export, and the selection that they make."""

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crawler.commands import options
from crawler.translation import _, counted
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from storage.export import Exported, ExportSelection
    from storage.export.article_stream import LeftOut


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
Versions = Annotated[
    Literal["current", "all"],
    typer.Option(
        "--versions",
        metavar="current|all",
        help="all: not the articles but their edits, two versions a line with their sentences side by side.",
    ),
]
ShardSize = Annotated[
    str | None,
    typer.Option(
        "--shard-size",
        metavar="SIZE",
        help="Several files OUT-00000, OUT-00001 …, each of about this size before compression: 500M.",
    ),
]
OnePerCluster = Annotated[
    bool, typer.Option("--one-per-cluster", help="One article of each cluster of copies, and those that are in none.")
]
FirstPublisher = Annotated[
    bool, typer.Option("--first-publisher", help="Of each cluster of copies the article that was published first.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="As the archive was at the end of this day: versions, corrections, status."
    ),
]
Quality = Annotated[
    str | None,
    typer.Option(
        "--quality",
        metavar="SIGNALS",
        help="Only articles within the thresholds of these signals, or of all: duplicate_lines,top_2_grams.",
    ),
]
QualityColumns = Annotated[bool, typer.Option("--quality-columns", help="Add a column for each signal of quality.")]
Sample = Annotated[int | None, typer.Option("--sample", metavar="N", min=1, help="Draw so many articles at most.")]
MaxPerSite = Annotated[
    int | None, typer.Option("--max-per-site", metavar="N", min=1, help="Draw so many of each site at most.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="By which they are drawn: the same ones every time.")]
Rejects = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Also write which articles were left out, and why: .jsonl, .csv."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]


def selection_options(
    site: options.SiteFilter = None,
    country: Country = None,
    section: options.Section = None,
    author: Author = None,
    tag: Tag = None,
    status: Status = None,
    language: Language = None,
    start: options.From = None,
    end: options.To = None,
    seen_from: SeenFrom = None,
    seen_to: SeenTo = None,
    changed_from: ChangedFrom = None,
    changed_to: ChangedTo = None,
    zone: Zone = "UTC",
    min_words: MinWords = None,
    max_words: MaxWords = None,
    ignore_reservations: IgnoreReservations = False,
    respect_reservations: RespectReservations = False,
    one_per_cluster: OnePerCluster = False,
    first_publisher: FirstPublisher = False,
    as_of: AsOf = None,
    quality: Quality = None,
    quality_columns: QualityColumns = False,
    sample: Sample = None,
    max_per_site: MaxPerSite = None,
    seed: Seed = 0,
    fields: Fields = None,
) -> None:
    """Options of both `export` and `dataset`: which articles, and which fields. See `shared_options.takes`."""


def selection_of(given: Mapping[str, Any]) -> "ExportSelection":
    """The selection of a command's parameters; an absent parameter is no condition. Raises UsageError."""
    from storage.export import ExportSelection
    from storage.export.article_schema import FIELDS, QUALITY_FIELDS, chosen_fields
    from storage.filters import Filters

    if given["ignore_reservations"] and given["respect_reservations"]:
        raise UsageError(message("--ignore-reservations and --respect-reservations contradict each other; name one"))
    if given["country"] is not None and not re.fullmatch("[A-Za-z]{2}", given["country"]):
        raise UsageError(
            message(
                "--country {country!r} is no country; write its code of two letters, such as EG",
                country=given["country"],
            )
        )

    def days(first: str, last: str, names: tuple[str, str]) -> tuple[datetime | None, datetime | None]:
        return options.span(given[first], given[last], given["zone"], names=names)

    start, end = days("start", "end", ("--from", "--to"))
    seen_since, seen_before = days("seen_from", "seen_to", ("--seen-from", "--seen-to"))
    options.refuse_crossed(given["min_words"], given["max_words"], ("--min-words", "--max-words"))
    changed_since, changed_before = days("changed_from", "changed_to", ("--changed-from", "--changed-to"))
    if given["as_of"] is not None:
        for name, option in (("seen_from", "--seen-from"), ("changed_from", "--changed-from")):
            days(name, "as_of", (option, "--as-of"))
    filters = Filters(
        start=start,
        end=end,
        seen_since=seen_since,
        seen_before=seen_before,
        changed_since=changed_since,
        changed_before=changed_before,
        representative=given["one_per_cluster"],
        first_publisher=given["first_publisher"],
        **{name: given[name] for name in _AS_GIVEN},
    )
    fields = FIELDS + QUALITY_FIELDS if given["quality_columns"] else FIELDS
    return ExportSelection(
        filters,
        chosen_fields(given["fields"], fields),
        reserved=given["ignore_reservations"],
        quality=_signals(given["quality"]),
        sample=given["sample"],
        per_site=given["max_per_site"],
        seed=given["seed"],
        as_of=options.span(None, given["as_of"], given["zone"], names=("--from", "--as-of"))[1],
    )


def _signals(text: str | None) -> tuple[str, ...]:
    from storage.quality import THRESHOLDS

    signals = tuple(each.signal for each in THRESHOLDS)
    if text is None:
        return ()
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if names == ("all",):
        return signals
    for name in names:
        if name not in signals:
            raise UsageError(
                message(
                    "--quality knows no signal {name!r}; there are all, {known}", name=name, known=", ".join(signals)
                )
            )
    if not names:
        raise UsageError(message("--quality names no signal; write them as duplicate_lines,top_2_grams, or all"))
    return names


def rebuild_command(context: typer.Context, *left_out: str) -> str:
    """The command line of this call, without the paths of archive and files. left_out: further parameters to omit."""
    away = {"archive", "db", "force", "as_json", *left_out}
    words = ["warraq", str(context.info_name)]
    for parameter in context.command.params:
        value = context.params.get(str(parameter.name))
        if parameter.name in away or value in (None, False) or value == parameter.get_default(context):
            continue
        text = value.value if isinstance(value, StrEnum) else value
        option = max(parameter.opts, key=len)
        words += [option] if value is True else [option, str(text)] if option.startswith("-") else [str(text)]
    return shlex.join(words)


def refuse_with_edits(given: Mapping[str, Any]) -> None:
    """Raise UsageError for options that do not apply to an export of edits."""
    for name, option in _NOT_OF_EDITS.items():
        if given[name]:
            raise UsageError(
                message(
                    "--versions all writes edits, which {option} does not know; leave one of them out", option=option
                )
            )


def refuse_with_wacz(given: Mapping[str, Any]) -> None:
    """Raise UsageError for options that do not apply to a WACZ file."""
    options_of = {**_NOT_OF_EDITS, "shard_size": "--shard-size"}
    named = [option for name, option in options_of.items() if given[name]]
    named += ["--versions all"] if given["versions"] == "all" else []
    for option in named:
        raise UsageError(
            message("--wacz packs captured pages, which {option} does not know; leave one of them out", option=option)
        )


def summary_lines(done: "Exported", target: str, *, what: str = "articles") -> Iterator[str]:
    """The result of an export, in words. what: its rows: "articles", "changes" since an earlier one, or "edits"."""
    line = {
        "articles": counted("{n:,} articles exported", done.rows),
        "changes": counted("{n:,} changes exported", done.rows),
        "edits": counted("{n:,} edits exported", done.rows),
    }[what]
    if len(done.paths) > 1:
        line += counted(" to {n} files", len(done.paths))
    elif target != "-":
        line += _(" to {file}").format(file=target)
    nothing = "" if done.rows or what == "changes" else _(": none of the archive matches")
    yield f"{line}{nothing}"
    yield from left_out_lines(done.left_out)


def left_out_lines(left_out: "LeftOut") -> Iterator[str]:
    """Lines that count the articles left out of an export."""
    yield counted("{n:,} left out, as their pages reserve use (--ignore-reservations takes them)", left_out.reserved)
    for reason, count in sorted(left_out.reasons.items()):
        if reason != "reserved":
            yield counted("{n:,} left out: {reason}", count, reason=_(reason))


# Parameters that are filters of the same name.
_AS_GIVEN = ("site", "country", "section", "author", "tag", "status", "language", "min_words", "max_words")
_NOT_OF_EDITS = {
    "fields": "--fields",
    "quality_columns": "--quality-columns",
    "manifest": "--manifest",
    "since": "--since-export",
    "rejects": "--rejects",
}
