"""Look up names with a known meaning on news pages, such as sections, agencies and places, in vocabulary.tsv."""

from functools import lru_cache
from importlib import resources

from crawler.html.spelling import comparable


@lru_cache(maxsize=16)
def vocabulary(*kinds: str) -> frozenset[str]:
    """The comparable forms of all names of these kinds: section, agency, place, nobody, unfiled, tags, own, network.

    role: first words of descriptions of authors ("مراسل الجريدة"). staff: first words of names of parts of a newsroom
    ("فريق التحرير"). desk: those of them that are a section or bureau ("قسم الاقتصاد").
    lens: first words of a line that names a photographer.
    static: complete headlines of static pages, and last segments of their URLs. login: headlines of log-in pages.
    untitled: default titles of publishing systems for pages without one.
    """
    table = resources.files("crawler.extract.fields").joinpath("vocabulary.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return frozenset(comparable(name) for name, kind in rows if kind in kinds)
