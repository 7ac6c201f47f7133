"""Held pages: pages whose difference from the archived article may not be an edit by the newspaper.

A page is held until its run ends when (1) its template differs from that of the stored capture, so the site may have
been redesigned; (2) no template is learned yet, and the difference may be furniture, such as a view counter; (3) it
shares no more than half of the article's words, and other articles' URLs may return it too, such as an error notice; or
(4) it was cut off. At the end of the run, the template may have been learned, and the run's other pages are known. The
page's bytes are in the WARC file already.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from crawler.extract.extractor import UNFIT
from crawler.html.spelling import comparable
from crawler.platforms.items import Fetched
from crawler.profile.site_profile import SiteProfile
from crawler.runs.context import CrawlContext
from crawler.runs.run_profile import RunProfile
from crawler.site import Site
from crawler.workers.known_texts import (
    broke_off,
    is_beginning,
    is_same_text,
    is_stand_in,
    known_item,
    repeated_among,
    replaced_by,
)
from crawler.workers.stored_captures import correct_outdated, is_known
from storage.errors import ArchiveError
from storage.identity.addresses import are_alike
from storage.identity.repeated import Replaced
from storage.queries.reextraction_queue import Item
from storage.records import Article, Capture, Extraction, Position, Reason
from storage.urls import url_key
from storage.warc.writer import read_capture

_AT_ONCE = 32
FEW = 3  # fewer pages of a known template than this may all be edits


@dataclass(slots=True)
class HeldPage:
    """One page and the position of its bytes. item: its capture has no body; its extraction is set when the run ends.

    is_doubtful: only the page's template or furniture may differ, cases 1 and 2 above; else the run's other pages
    decide. is_cut_short: it was cut off. is_edit: its text differs from the archived one. is_unfit: it fits no known
    template. replaced: set if it shares no more than half of the article's words. stands_in: it is no article.
    """

    item: Fetched
    position: Position
    is_doubtful: bool
    is_cut_short: bool = False
    is_edit: bool = False
    is_unfit: bool = False
    replaced: Replaced | None = None
    stands_in: bool = False


class HeldPages:
    """The held pages of one run."""

    def __init__(self, context: CrawlContext, site: Site, profile: RunProfile) -> None:
        self._archive, self._pool, self._clock = context.archive, context.pool, context.clock
        self._writer = context.writer
        self._site = site
        self._profile = profile
        self._pages: list[HeldPage] = []
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # by the key of an article's URL
        self._revisits = 0  # archived articles that this run has compared with their page

    def __len__(self) -> int:
        return len(self._pages)

    @asynccontextmanager
    async def turn(self, article: Article | None) -> AsyncIterator[None]:
        """Compare and save one page of an article at a time: others wait. None: no article, and no wait."""
        if article is None:
            yield
            return
        async with self._turns.setdefault(url_key(article.url), asyncio.Lock()):
            yield

    async def correct_known(self, capture: Capture, extraction: Extraction, profile: SiteProfile) -> bool:
        """Whether the archive has the article of a page. If so, correct the version that an earlier extractor stored.

        profile: the one that the page was extracted with.
        """
        article = extraction.article
        if article is None or not is_known(self._archive, capture, article):
            return False
        await self._correct(article, capture, profile)
        return True

    async def hold(self, item: Fetched, position: Position) -> bool:
        """Hold the page if its difference from the archived article may not be an edit (see the module); else False.

        item: extracted; `correct_known` was called for it.
        """
        extraction = item.extraction
        if extraction is None or extraction.article is None:
            return False
        known = known_item(self._archive.engine, item.capture, extraction.article)
        is_designed = bool(self._profile.profile.templates)
        if known is None or known.version is None:
            return False
        stored, text = known.version["text"], extraction.article.text
        is_rewritten, is_less = not are_alike(stored, text), is_beginning(text, stored)
        is_repeat = not is_designed and self._profile.has_read(known.version["article_id"])
        if not (is_designed or is_rewritten or is_less or is_repeat):
            return False
        self._revisits += 1
        if is_same_text(known, extraction.article):
            return False
        is_cut = is_less and broke_off(self._archive.folder, item.capture, extraction.article, known)
        is_doubtful = is_repeat or (is_designed and not is_cut and await self._is_redesigned(known, extraction))
        if not (is_cut or is_doubtful or is_rewritten):
            return False
        stub = replace(item.capture, body=b"")  # thousands of pages may be held
        self._pages.append(HeldPage(replace(item, capture=stub, extraction=None), position, is_doubtful, is_cut))
        return True

    async def _is_redesigned(self, known: Item, extraction: Extraction) -> bool:
        """Whether a page's template differs from that of the stored version's capture; False if the capture is lost."""
        try:
            before = read_capture(self._archive.folder, known.position)
        except ArchiveError:
            return False
        earlier = await self._pool.extract(before, self._site, self._profile.profile)
        return earlier.evidence.get("template") != extraction.evidence.get("template")

    async def release(self, *, trusted: bool) -> tuple[list[HeldPage], list[HeldPage]]:
        """Extract the held pages again and return (pages to save, pages to ignore). No page is held afterwards.

        A page with the words of the stored text gets the stored text. The others are edits, unless they make up so much
        of the run's revisits that the extraction must be wrong. A page that was cut off, or has the text of another
        article's page, has no article. trusted: False if the run was stopped before it could learn: then pages that are
        doubtful are no edits.
        """
        pages, self._pages = self._pages, []
        for start in range(0, len(pages), _AT_ONCE):
            await asyncio.gather(*map(self._extract, pages[start : start + _AT_ONCE]))
        self._refuse_repeated(pages)
        edits = [page for page in pages if page.is_edit and page.is_doubtful]
        unfit = [page for page in edits if page.is_unfit]
        fitting = len(edits) - len(unfit)
        believe_unfit = trusted and 2 * len(unfit) < self._revisits
        believe_fitting = trusted and (fitting < FEW or 2 * fitting <= self._revisits)
        refused = [page for page in edits if not (believe_unfit if page.is_unfit else believe_fitting)]
        without = {id(page) for page in refused}
        return [page for page in pages if id(page) not in without], refused

    def with_body(self, page: HeldPage) -> Capture:
        """The capture of a held page, with its body. Raises ArchiveError."""
        return replace(page.item.capture, body=read_capture(self._archive.folder, page.position).body)

    async def keep_back(self, pages: list[HeldPage], run_id: int) -> None:
        """Record that these pages answered, without saving their text. Raises ArchiveError."""
        for page in pages:
            capture = self.with_body(page)
            url, now = capture.requested_url or capture.url, capture.fetched_at
            await self._writer.touch(url, run_id=run_id, now=now, capture=capture, position=page.position)

    async def _extract(self, page: HeldPage) -> None:
        """Extract the page with the current profile, and compare it with the archived version."""
        item, profile = page.item, self._profile.profile
        capture = self.with_body(page)
        item.extraction = extraction = await self._pool.extract(capture, self._site, profile)
        article = extraction.article
        if article is None:
            return
        if page.is_cut_short:
            item.extraction = Extraction(reason=Reason.CUT_SHORT, evidence=extraction.evidence)
            return
        await self._correct(article, capture, profile)
        known = known_item(self._archive.engine, item.capture, article)
        if known is None or known.version is None:
            return
        if _same_words(known, article):
            title, text = known.version["title"], known.version["text"]
            item.extraction = Extraction(replace(article, title=title, text=text), evidence=extraction.evidence)
        else:
            page.is_edit = True
            page.is_unfit = extraction.evidence.get("template") == UNFIT
            page.replaced, page.stands_in = replaced_by(known, article), is_stand_in(known, article)

    def _refuse_repeated(self, pages: list[HeldPage]) -> None:
        """Remove the article of pages whose text other articles' URLs return too, or that are no article at all."""
        replacing = [(page, page.replaced) for page in pages if page.replaced is not None]
        replaced = [each for _, each in replacing]
        no_edits = repeated_among(self._archive.engine, self._site.name, replaced)
        for position, (page, _) in enumerate(replacing):
            if position in no_edits or page.stands_in:
                evidence = page.item.extraction.evidence if page.item.extraction is not None else {}
                reason = Reason.REPEATED if position in no_edits else Reason.SOFT_404
                page.item.extraction = Extraction(reason=reason, evidence=evidence)
                page.is_edit = False

    async def _correct(self, article: Article, capture: Capture, profile: SiteProfile) -> None:
        """Correct the versions of the article that an earlier extractor stored."""
        archive, pool, now = self._archive, self._pool, self._clock()
        await correct_outdated(archive, pool, self._site, article, capture=capture, now=now, profile=profile)


def _same_words(known: Item, article: Article) -> bool:
    version = known.version or {}
    stored, read = (f"{version['title']} {version['text']}", f"{article.title} {article.text}")
    return comparable(stored) == comparable(read)
