"""Builds after the markup of today's portals, written without the rules in mind; rules may be developed on them."""

from pathlib import Path

from tests.benchmarks.invented.developed_portals import (
    channel_cities,
    channel_wysiwyg,
    form_partners,
    layout_blocks,
    minute_ticker,
    opinion_writers,
    party_statements,
    small_press,
    styled_stories,
    two_languages,
    vue_agency,
    windows_fonts,
)

__all__ = ["BUILDS", "WORDS"]

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(channel_wysiwyg, styled_stories, channel_cities, layout_blocks),
        *(form_partners, two_languages, minute_ticker, vue_agency),
        *(small_press, opinion_writers, party_statements, windows_fonts),
    )
)
