"""The sets of invented sites: sets to develop rules on, and one for measuring alone."""

from importlib import import_module

from tests.benchmarks.invented.sites import InventedSite, make_site
from tests.benchmarks.scramble import Levels

# Packages of builds, each with its own words.
PACKAGES = {
    "developed": ("developed", "developed_more"),
    "developed_later": ("developed_later",),
    "developed_latest": ("developed_latest",),
    "developed_varied": ("developed_varied",),
    "developed_outlets": ("developed_outlets",),
    "developed_portals": ("developed_portals",),
    "developed_regions": ("developed_regions",),
    "developed_desks": ("developed_desks",),
    "developed_genres": ("developed_genres",),
    "held_out": ("held_out",),
}


def invented_sites(
    name: str, *, seed: int = 1, articles: int = 40, scramble: Levels | None = None
) -> list[InventedSite]:
    """A site of each build of the set (a key of PACKAGES). scramble: as in make_site."""
    packages = [import_module(f"tests.benchmarks.invented.{each}") for each in PACKAGES[name]]
    return [
        make_site(build, package.WORDS, seed=seed, articles=articles, scramble=scramble)
        for package in packages
        for build in package.BUILDS
    ]
