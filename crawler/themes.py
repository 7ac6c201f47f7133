"""Theme presets: the selectors that the sites of one theme share, and the marks by which a page's theme is recognised.

They are data, in themes.toml, so that crawler.platforms and crawler.extract can both use them.
"""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from crawler.site import Selectors


@dataclass(frozen=True)
class Theme:
    """A theme. marks: strings; a page with any of them in its HTML has this theme. preset: field to selector."""

    name: str
    marks: tuple[str, ...]
    preset: dict[str, str]

    @cached_property
    def selectors(self) -> Selectors:
        """The preset, checked on first use: site files need only the names of themes."""
        return Selectors(**self.preset)


def _read_themes() -> tuple[Theme, ...]:
    table = tomllib.loads(resources.files("crawler").joinpath("themes.toml").read_text(encoding="utf-8"))
    return tuple(Theme(name, tuple(preset.pop("marks")), preset) for name, preset in table.items())


THEMES = _read_themes()  # the most specific first
JANNAH = THEMES[0]


def theme_named(name: str) -> Theme | None:
    """The preset of that name; None when there is none."""
    return next((theme for theme in THEMES if theme.name == name), None)


# Most marks begin with one of these; on a page without that beginning, such marks need not be searched.
_STEMS = ("/themes/", "wp-theme-")


def recognise(html: str) -> Theme | None:
    """The first theme with a mark in the page; None without one."""
    absent = tuple(stem for stem in _STEMS if stem not in html)
    marked = (theme for theme in THEMES if any(not mark.startswith(absent) and mark in html for mark in theme.marks))
    return next(marked, None)
