"""Eight builds that rules may be developed on."""

from pathlib import Path

from tests.benchmarks.invented.developed import (
    bootstrap,
    joomla,
    nextjs,
    page_builder,
    portal,
    tabloid,
    utility,
    webforms,
)

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(each.BUILD for each in (nextjs, webforms, bootstrap, page_builder, joomla, tabloid, portal, utility))
