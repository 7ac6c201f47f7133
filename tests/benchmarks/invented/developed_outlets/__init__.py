"""Builds after the markup of today's outlets, each of another technology and trade; rules may be developed on them."""

from pathlib import Path

from tests.benchmarks.invented.developed_outlets import (
    aspx_daily,
    bootstrap_portal,
    drupal_fields,
    egypt_boxes,
    ministry_hijri,
    next_modules,
    ng_channel,
    nuxt_markets,
    styled_rows,
    tagdiv_maghreb,
    tailwind_scroll,
    wire_tables,
)

__all__ = ["BUILDS", "WORDS"]

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(next_modules, styled_rows, ng_channel, aspx_daily, drupal_fields, bootstrap_portal),
        *(egypt_boxes, wire_tables, nuxt_markets, tailwind_scroll, ministry_hijri, tagdiv_maghreb),
    )
)
