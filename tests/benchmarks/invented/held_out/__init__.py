"""Nine builds that nobody develops on: their markup and words serve to measure, and no rule is written after them."""

from pathlib import Path

from tests.benchmarks.invented.held_out import (
    agency_wire,
    angular,
    blogger,
    endless_paper,
    ministry,
    nuxt,
    paper_tables,
    sharepoint,
    vue_magazine,
)

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(angular, nuxt, ministry, blogger, paper_tables, vue_magazine, agency_wire, sharepoint, endless_paper),
    )
)
