"""The sets of invented sites: one to develop rules on, one that nobody develops on."""

from importlib import import_module
from typing import Literal

from tests.benchmarks.invented.sites import InventedSite, make_site
from tests.benchmarks.scramble import Levels

Set = Literal["developed", "held_out"]


def invented_sites(
    name: Set, *, seed: int = 1, articles: int = 40, scramble: Levels | None = None
) -> list[InventedSite]:
    """A site of each build of the set. scramble: as in make_site."""
    chosen = import_module(f"tests.benchmarks.invented.{name}")
    return [make_site(build, chosen.WORDS, seed=seed, articles=articles, scramble=scramble) for build in chosen.BUILDS]
