"""Names with a known meaning on news pages: sections, agencies, places and others, from vocabulary.tsv."""

from functools import lru_cache
from importlib import resources

from crawler.html.spelling import comparable


@lru_cache(maxsize=16)
def vocabulary(*kinds: str) -> frozenset[str]:
    """The comparable forms of all names of these kinds: section, agency, place, nobody, unfiled, tags, own, network.

    role, staff: first words of what a writer is ("مراسل الجريدة"), and of the parts of a newsroom ("فريق التحرير").
    desk: those of them that are a section or bureau ("قسم الاقتصاد").
    lens: first words of a line that says who took a picture.
    static: complete headlines of static pages, and last parts of their addresses. login: headlines of log-in pages.
    untitled: what editors' programs call a page that nobody named.
    """
    table = resources.files("crawler.extract.fields").joinpath("vocabulary.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return frozenset(comparable(name) for name, kind in rows if kind in kinds)
