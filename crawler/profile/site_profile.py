"""What is known of a site from its own articles, as one value that is handed to `extract`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """lines: what the site prints around its articles, each line as `crawler.html.characters.folded_line` gives it."""

    lines: frozenset[str] = frozenset()


NO_PROFILE = SiteProfile()
