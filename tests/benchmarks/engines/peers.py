"""The measured engines: Warraq and the published extractors, and the fields that each returns."""

from dataclasses import dataclass

TEXT = frozenset({"text"})
# What a reader of whole articles gives. None of the peers tells an agency or a subtitle.
COMMON = TEXT | {"title", "date", "authors", "image"}


@dataclass(frozen=True, slots=True)
class Engine:
    """One extractor in one mode.

    name: as the table prints it. reader: the function of worker.py, and its mode. requirements: packages, the first
    gives the version. fields: what it can give at all; the others are "–" in the table.
    """

    name: str
    reader: str
    requirements: tuple[str, ...]
    fields: frozenset[str]
    mode: str = ""


_TRAFILATURA = ("trafilatura", "lxml_html_clean", "faust-cchardet")
_TRAFILATURA_FIELDS = COMMON | {"sections", "tags"}
WARRAQ = Engine("Warraq", "warraq", (), COMMON | {"sections", "tags", "agency", "subtitle"})
TRAFILATURA = Engine("trafilatura", "trafilatura", _TRAFILATURA, _TRAFILATURA_FIELDS, "default")
ENGINES = (
    WARRAQ,
    TRAFILATURA,
    Engine("trafilatura, precision", "trafilatura", _TRAFILATURA, _TRAFILATURA_FIELDS, "precision"),
    Engine("trafilatura, fast", "trafilatura", _TRAFILATURA, _TRAFILATURA_FIELDS, "fast"),
    Engine("newspaper4k", "newspaper", ("newspaper4k", "nltk"), COMMON | {"tags"}),
    Engine("news-please", "newsplease", ("news-please", "nltk"), COMMON),
    Engine("goose3", "goose", ("goose3",), COMMON | {"tags"}),
    Engine("readability-lxml", "readability", ("readability-lxml",), TEXT | {"title"}),
    Engine("Resiliparse", "resiliparse", ("resiliparse",), TEXT),
    Engine("jusText", "justext", ("justext", "lxml_html_clean"), TEXT),
)
