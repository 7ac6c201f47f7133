"""The site profile: all that was learned about a site's pages, as one value that `extract` accepts."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crawler.profile.template import Template

ANY = "*"  # in place of a metadata value: all values of the source
WRITER = "writer"  # source of author names that are accounts, since most pages have them


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """lines: furniture lines at the ends of articles, as `crawler.html.spelling.comparable_line` returns them.

    furniture: line keys of lines that recur anywhere on the pages. values: metadata values that most pages share and
    that describe no single article, as (source, comparable value), or (source, ANY) for a source that is wrong on most
    pages. names: comparable names of the site, from its titles. labels: comparable entries of its menus. templates: the
    designs of its article pages, in the order in which they are tried, mostly the latest first. digest: eight
    hexadecimal digits of the content; "" if empty.
    """

    lines: frozenset[str] = frozenset()
    furniture: frozenset[str] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    templates: tuple[Template, ...] = ()
    digest: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", _digest(self))

    def __bool__(self) -> bool:
        return bool(self.lines or self.furniture or self.values or self.names or self.templates)

    def plain(self) -> dict[str, Any]:
        """The profile as JSON values, sorted; `from_plain` reads it."""
        return {
            "lines": sorted(self.lines),
            "furniture": sorted(self.furniture),
            "values": sorted(map(list, self.values)),
            "names": sorted(self.names),
            "labels": sorted(self.labels),
            "templates": [template.plain() for template in self.templates],
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "SiteProfile":
        """The profile of JSON values; missing parts are empty. Raises KeyError or TypeError on other shapes."""
        return cls(
            lines=frozenset(plain.get("lines", ())),
            furniture=frozenset(plain.get("furniture", ())),
            values=frozenset((source, value) for source, value in plain.get("values", ())),
            names=frozenset(plain.get("names", ())),
            labels=frozenset(plain.get("labels", ())),
            templates=tuple(Template.from_plain(each) for each in plain.get("templates", ())),
        )


def _digest(profile: SiteProfile) -> str:
    """Hash the profile's content, all of which may change extractions, to eight hexadecimal digits; "" if empty."""
    if not profile:
        return ""
    return sha256(json.dumps(profile.plain(), ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:8]


NO_PROFILE = SiteProfile()
