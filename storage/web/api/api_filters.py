"""The filters that several routes of the API share."""

from dataclasses import dataclass, fields
from typing import Annotated, Literal

from fastapi import Query

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Site = Annotated[str | None, Query(max_length=64, description="Only this site, by name.")]
Section = Annotated[str | None, Query(max_length=200, description="Only this section or category, in any spelling.")]
From = Annotated[str | None, Query(alias="from", pattern=_DAY, description="Published on this day (UTC) or later.")]
To = Annotated[str | None, Query(pattern=_DAY, description="Published on this day (UTC) or before.")]
Author = Annotated[str | None, Query(max_length=200, description="Only by this author: words of the name.")]
Tag = Annotated[str | None, Query(max_length=200, description="Only with this tag, in any spelling.")]
Agency = Annotated[str | None, Query(max_length=200, description="Only of this agency, as articles state it.")]
Country = Annotated[str | None, Query(max_length=2, description="Only of sites of this country: two letters.")]
Status = Annotated[
    Literal["live", "gone"] | None, Query(description="Only articles that are on their site, or gone from it.")
]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters, all of which an article has to meet. begin: the parameter `from`."""

    site: Site = None
    section: Section = None
    begin: From = None
    to: To = None
    author: Author = None
    tag: Tag = None
    agency: Agency = None
    country: Country = None
    status: Status = None

    @property
    def values(self) -> dict[str, str]:
        """The filters that are set, by their names in a query string."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        given["from"] = given.pop("begin")
        return {name: value for name, value in given.items() if value is not None}
