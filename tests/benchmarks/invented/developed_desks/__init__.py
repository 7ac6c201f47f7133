"""Builds whose news comes from desks, bureaus and agencies, written without the rules in mind; rules may be developed on them."""

from pathlib import Path

from tests.benchmarks.invented.developed_desks import (
    algiers_react,
    amp_hijri,
    beirut_entries,
    block_groups,
    edition_layers,
    egypt_sections,
    ghost_letters,
    persian_digits,
    webflow_ministry,
    wix_town,
)

__all__ = ["BUILDS", "WORDS"]

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(block_groups, ghost_letters, beirut_entries, wix_town, amp_hijri),
        *(egypt_sections, persian_digits, webflow_ministry, algiers_react, edition_layers),
    )
)
