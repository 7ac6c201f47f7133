"""Comparison of a page with its article's archived version: is the page cut off, or does it show a different text?

Crawls, rebuilds and imports use these functions, so that the same captures give the same versions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from crawler.workers.page_spool import PageSpool
from storage.db.database import read_transaction
from storage.errors import ArchiveError
from storage.identity.addresses import ShownPage, are_alike
from storage.identity.repeated import Replaced, is_unrelated, repeated, shown_elsewhere
from storage.maintenance.stored_pages import ExtractionTask
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import Item
from storage.records import DATING, Article, Capture, Extraction, Reason
from storage.rows.versions import content_sha256
from storage.urls import url_key
from storage.warc.writer import read_capture

_END, _DAMAGED = b"</html", "\ufffd"


def known_item(engine: Engine, capture: Capture, article: Article) -> Item | None:
    """The current version, with its capture, of the article that the archive has at the page's URLs; None if none."""
    with read_transaction(engine) as connection:
        queued = (reextraction_queue.current(connection, key) for key in keys_of(capture, article))
        return next((item for item in queued if item is not None), None)


def keys_of(capture: Capture, article: Article) -> list[str]:
    """The keys of a page's URLs. The canonical URL comes last, as it may be another article's."""
    return list(dict.fromkeys(map(url_key, filter(None, (capture.url, capture.requested_url, article.url)))))


def is_same_text(known: Item, article: Article) -> bool:
    """Whether the page has the headline and text of the archived version."""
    return bool((known.version or {})["content_sha256"] == content_sha256(article.title, article.text))


def broke_off(folder: Path, capture: Capture, article: Article, known: Item) -> bool:
    """`is_cut_short`, compared with the stored version's capture; False if that capture is lost."""
    stored = (known.version or {})["text"]
    if not is_beginning(article.text, stored):
        return False
    try:
        before = read_capture(folder, known.position)
    except ArchiveError:
        return False
    return is_cut_short(capture.body, article.text, before=before.body, stored=stored)


def is_cut_short(body: bytes, text: str, *, before: bytes, stored: str) -> bool:
    """Whether a page was cut off: it has only the beginning of the stored text, and no "</html", which `before` has.

    body, text: of the page and its article. before: the body that `stored` was extracted from.
    """
    return is_beginning(text, stored) and _END not in body.lower() and _END in before.lower()


def is_beginning(text: str, stored: str) -> bool:
    """Whether a text is the beginning of the stored one, but not all of it. Its last letter may be damaged."""
    part, whole = " ".join(text.split()).rstrip(f"{_DAMAGED} "), " ".join(stored.split())
    return len(part) < len(whole) and whole.startswith(part)


def replaced_by(known: Item, article: Article) -> Replaced | None:
    """The archived article, if the page shares no more than half of its words; else None."""
    version = known.version or {}
    if are_alike(version["text"], article.text):
        return None
    key, unrelated = known.url_key or "", is_unrelated(version["text"], article.text)
    before = ShownPage(key, key, version["title"], version["text"])
    return Replaced(version["article_id"], before, content_sha256(article.title, article.text), unrelated)


def is_stand_in(known: Item, article: Article) -> bool:
    """Whether the page at the article's URL is no article, such as an error page with status 200.

    It is none if headline and text are unrelated to the article's (`is_unrelated`), and the page has no date although
    the article's page stated one.
    """
    version = known.version or {}
    details = version["details"] or {}
    if article.published_at is not None or details.get("published_at") is None:
        return False
    own = details.get("published_source") not in DATING
    return own and is_unrelated(version["title"], article.title) and is_unrelated(version["text"], article.text)


def repeated_among(engine: Engine, site: str, replaced: list[Replaced]) -> set[int]:
    """The positions in `replaced` of those that are no edits; see `storage.identity.repeated.repeated`."""
    if not replaced:
        return set()
    with read_transaction(engine) as connection:
        elsewhere = shown_elsewhere(connection, site, (each.content_sha256 for each in replaced))
    return repeated(replaced, elsewhere)


@dataclass(frozen=True, slots=True)
class _Held:
    """A page that is held until the end of its run. place: its offset in the spool. stands_in: it is no article."""

    place: int
    site: str
    replaced: Replaced
    stands_in: bool


class StoredRun:
    """Judges the pages of one archived run, for a rebuild or an import."""

    def __init__(self) -> None:
        self._held: list[_Held] = []
        self._spool: PageSpool | None = None

    def judge(self, engine: Engine, folder: Path, task: ExtractionTask, extraction: Extraction) -> Extraction | None:
        """The extraction to save; None if the run's other pages decide, then `judged` yields it later."""
        article, capture = extraction.article, task.capture
        known = known_item(engine, capture, article) if article is not None else None
        if article is None or known is None or known.version is None or is_same_text(known, article):
            return extraction
        if broke_off(folder, capture, article, known):
            return Extraction(reason=Reason.CUT_SHORT, evidence=extraction.evidence)
        replaced = None if task.parts else replaced_by(known, article)
        if replaced is None:
            return extraction
        self._spool = self._spool or PageSpool(folder)
        place = self._spool.add((task, extraction))
        self._held.append(_Held(place, task.site.name, replaced, is_stand_in(known, article)))
        return None

    def judged(self, engine: Engine) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Yield the held pages, each with the extraction to save. None is held afterwards. Raises ArchiveError."""
        held, self._held = self._held, []
        spool, self._spool = self._spool, None
        if spool is None:
            return
        with spool:
            for site in dict.fromkeys(each.site for each in held):
                mine = [each for each in held if each.site == site]
                no_edits = repeated_among(engine, site, [each.replaced for each in mine])
                pages = spool.read(each.place for each in mine)
                for position, (task, extraction) in enumerate(pages):
                    if position in no_edits or mine[position].stands_in:
                        reason = Reason.REPEATED if position in no_edits else Reason.SOFT_404
                        yield task, Extraction(reason=reason, evidence=extraction.evidence)
                    else:
                        yield task, extraction
