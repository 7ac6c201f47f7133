"""What is known of a site from its own articles, as one value that is handed to `extract`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """lines: what the site prints around its articles, as `crawler.html.spelling.comparable_line` gives them."""

    lines: frozenset[str] = frozenset()


NO_PROFILE = SiteProfile()
