"""Selection of declared sites for a command: by name, country or group, from a file, with exceptions."""

import difflib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.platforms.base import SiteSpider
from crawler.registry.declared_sites import Declared, spiders_for
from crawler.site import Site
from storage.errors import UsageError
from storage.messages import either, message


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """The options of a selection. countries: ISO 3166 alpha-2. exclude: names. file: with names, one a line.

    mine: only the sites of the folder that WARRAQ_SPIDERS names.
    """

    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    file: Path | None = None
    mine: bool = False

    @property
    def is_of_declared(self) -> bool:
        """Whether it selects among all declared sites if no target is named."""
        return bool(self.countries or self.groups or self.mine)

    @property
    def is_empty(self) -> bool:
        """Whether it selects everything."""
        return not (self.is_of_declared or self.exclude or self.file)


def choose(
    choice: SiteChoice, targets: Sequence[str], declared: Declared, *, delay_s: float | None = None
) -> list[type[SiteSpider]]:
    """The selected spiders among those of the targets (names, URLs) and the file's lines; without both, of all sites.

    Raises UsageError for a value that no site has, for a choice that leaves no site, and as `spiders_for`.
    """
    named = [*targets, *(names_in(choice.file) if choice.file is not None else ())]
    spiders = spiders_for(named, declared, delay_s=delay_s) if named else [*declared.spiders.values()]
    wanted = is_wanted(choice, declared)
    chosen = [spider for spider in spiders if wanted(spider.site)]
    if not chosen:
        raise UsageError(
            message("no site is left by this choice; `warraq sites` lists them with their countries and groups")
        )
    return chosen


def is_wanted(choice: SiteChoice, declared: Declared) -> Callable[[Site], bool]:
    """A function that tells whether a site is selected. Raises UsageError for a value that no declared site has."""
    sites = [spider.site for spider in declared.spiders.values()]
    _require(choice.countries, {site.country for site in sites if site.country}, message("country"))
    _require(choice.groups, {group for site in sites for group in site.groups}, message("group"))
    _require(choice.exclude, declared.spiders.keys() | declared.broken.keys(), message("name"))
    if choice.mine and not os.environ.get("WARRAQ_SPIDERS"):
        raise UsageError(message("--mine takes the sites of the folder that WARRAQ_SPIDERS names; it names none"))

    def wanted(site: Site) -> bool:
        return (
            (not choice.countries or site.country in choice.countries)
            and (not choice.groups or bool(set(choice.groups) & set(site.groups)))
            and site.name not in choice.exclude
            and (not choice.mine or site.name in declared.private)
        )

    return wanted


def _require(asked: Iterable[str], known: set[str], what: str) -> None:
    for each in asked:
        if each not in known:
            near = difflib.get_close_matches(each, known, n=3)
            hint = (
                message("Did you mean {names}?", names=either(near))
                if near
                else (
                    message("There is {names}", names=", ".join(sorted(known)[:12]))
                    if known
                    else message("None has any")
                )
            )
            raise UsageError(
                message(
                    "no declared site has the {what} {value!r}. {hint}",
                    what=what,
                    value=each,
                    hint=hint,
                )
            )


def names_in(file: Path) -> list[str]:
    """The names or URLs in a file: one a line; "#" at the start of a line or after a blank begins a comment.

    Raises UsageError if the file can't be read, or holds none.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            message(
                "can't read --sites {file}: {why}",
                file=file,
                why=getattr(error, "strerror", None) or message("it is no UTF-8"),
            )
        ) from error
    names = [name for line in text.splitlines() if (name := re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip())]
    if not names:
        raise UsageError(message("--sites {file} names no site; write one name a line", file=file))
    return names
