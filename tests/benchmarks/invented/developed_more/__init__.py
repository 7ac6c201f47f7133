"""Nine more builds that rules may be developed on, in other markup and words than `developed`."""

from pathlib import Path

from tests.benchmarks.invented.developed_more import (
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
