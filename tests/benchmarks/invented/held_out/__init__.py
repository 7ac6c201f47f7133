"""Eighteen builds that nobody develops on: their markup and words serve to measure, and no rule is written after them.

frameworks: pages made by a program of scripts; systems: by a system for content; papers: each of its own make.
"""

from pathlib import Path

from tests.benchmarks.invented.held_out.frameworks import (
    amp_stories,
    endless_live,
    next_streamed,
    nuxt_sport,
    svelte_opinion,
    tailwind_alpine,
)
from tests.benchmarks.invented.held_out.papers import (
    bootstrap_three,
    cp1256_tables,
    polls_paper,
    quotes_magazine,
    wire_service,
)
from tests.benchmarks.invented.held_out.systems import (
    blogger_soup,
    drupal_seven,
    ghost_letters,
    joomla_items,
    odoo_ministry,
    webflow_studio,
    webforms_grid,
)

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(next_streamed, nuxt_sport, svelte_opinion, tailwind_alpine, endless_live, amp_stories),
        *(drupal_seven, joomla_items, blogger_soup, ghost_letters, odoo_ministry, webflow_studio, webforms_grid),
        *(cp1256_tables, bootstrap_three, wire_service, quotes_magazine, polls_paper),
    )
)
