"""What a site's own pages show about it, as one value that is handed to `extract`."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crawler.profile.template import Template

ANY = "*"  # in the place of a metadata value
WRITER = "writer"  # source of values: names that stand as writer on most pages


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """lines: what the site prints around its articles, as `crawler.html.spelling.comparable_line` gives them.

    furniture: lines that recur on its pages wherever they stand, as `line_key` gives them. values: metadata values
    that most pages share, and so tell nothing of one article: (source, comparable value), or (source, ANY) for a source
    that is wrong on most pages. names: comparable names of
    the site that its titles share. labels: comparable entries of its menus. templates: the designs of its article
    pages, the latest first.
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
    """Eight hexadecimal digits of all that may change a text or a field; "" for an empty profile."""
    if not profile:
        return ""
    return sha256(json.dumps(profile.plain(), ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:8]


NO_PROFILE = SiteProfile()
