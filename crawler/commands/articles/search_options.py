"""Filter options of `search` and `facets`."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from crawler.commands import options

if TYPE_CHECKING:
    from storage.filters import Filters


class Status(StrEnum):
    """Whether an article is still on its site."""

    LIVE = "live"
    GONE = "gone"


Author = Annotated[str | None, typer.Option("--author", metavar="NAME", help="By this author: words of the name.")]
Tag = Annotated[str | None, typer.Option("--tag", metavar="NAME", help="With this tag, in any spelling.")]
StatusIs = Annotated[
    Status | None, typer.Option("--status", metavar="live|gone", help="Still on its site, or gone from it.")
]
Changed = Annotated[
    str | None, typer.Option("--changed-since", metavar="DAY", help="Whose text was changed on this day or later.")
]
Exact = Annotated[bool, typer.Option("--exact", help="Only the words as written, no other forms of them.")]


class SearchCommand(TyperCommand):
    """A command whose argument may begin with a hyphen: the query "-word other"."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse "-word" as the query; "--word" stays an option, so that a misspelt option is reported."""
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        named = {arg.partition("=")[0] for arg in takewhile("--".__ne__, args) if arg.startswith("--")}
        ctx.ignore_unknown_options = named <= options
        return super().parse_args(ctx, args)


def filter_options(
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    author: Author = None,
    tag: Tag = None,
    status: StatusIs = None,
    changed: Changed = None,
) -> None:
    """Options of both `search` and `facets`. See `shared_options.takes`."""


def filters_of(given: Mapping[str, Any]) -> "Filters":
    """The filters from the values of `filter_options`. Raises UsageError."""
    from storage.filters import Filters

    begins, ends = options.span(given["start"], given["end"], given["zone"])
    return Filters(
        given["site"],
        given["section"],
        begins,
        ends,
        author=given["author"],
        tag=given["tag"],
        status=given["status"].value if given["status"] else None,
        changed_since=options.span(given["changed"], None, given["zone"], names=("--changed-since", "--to"))[0],
    )
