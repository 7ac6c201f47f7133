"""Options that select declared sites, and the selection that they make."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crawler.registry.site_choice import SiteChoice

Country = Annotated[
    list[str] | None, typer.Option("--country", metavar="CODES", help="Only sites of these countries: EG,MA.")
]
Group = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="NAMES", help="Only sites that declare one of these groups: agencies,gulf."),
]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", metavar="NAMES", help="Without these sites: a,b.")]
SitesFile = Annotated[
    Path | None,
    typer.Option("--sites", metavar="FILE", help="The sites that this file names, one a line; # begins a comment."),
]
Mine = Annotated[bool, typer.Option("--mine", help="Only sites of your own folder, which WARRAQ_SPIDERS names.")]


def site_choice(
    country: Sequence[str] | None,
    group: Sequence[str] | None,
    exclude: Sequence[str] | None,
    file: Path | None,
    mine: bool,
) -> "SiteChoice":
    """The selection of these options; each option may be repeated, and hold several values separated by commas."""
    from crawler.registry.site_choice import SiteChoice

    countries = tuple(code.upper() for code in _values(country))
    return SiteChoice(countries, _values(group), _values(exclude), file, mine)


def _values(texts: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(value for each in texts or () for part in each.split(",") if (value := part.strip()))
