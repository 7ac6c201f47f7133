"""The interface through which a rebuild or import extracts pages and looks up sites, implemented by the caller."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from storage.archive import Archive
from storage.records import Capture, Extraction, Kind
from storage.revisits import Profile
from storage.saving import Listed
from storage.warc.reader import Record


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The arguments of Archive.add_site."""

    name: str
    home: str
    title: str | None
    country: str | None
    timezone: str
    revisits: Profile = "normal"


@dataclass(frozen=True, slots=True)
class ExtractionTask:
    """A capture to extract. kind: of the page, as requested. record: its WARC record.

    parts: the further pages of its article, in order, with their records.
    """

    capture: Capture
    kind: Kind
    site: SiteFacts
    record: Record
    parts: tuple[tuple[Capture, Record], ...] = ()
    run: str = ""  # the run that wrote the record, if several wrote the file


class Reader(Protocol):
    """The caller's site declarations and extraction."""

    def site(self, name: str, known: dict[str, str], url: str) -> SiteFacts:
        """The declaration of a site. known: the site's fields in a warcinfo record. url: of any page of the site."""

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Yield each task with its extraction, in order. Tasks are consumed lazily."""

    def judge(self, archive: Archive, task: ExtractionTask, extraction: Extraction) -> Extraction | None:
        """Reconsider an extraction in view of the archive; None: postponed to the end of the run (`judged`)."""

    def judged(self, archive: Archive) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """The postponed pages of the run with their final extraction. The run's other pages are saved by then."""

    def listed(self, task: ExtractionTask) -> Listed | None:
        """The articles that a feed, sitemap or REST response lists, with their dates; None for any other page."""

    def assets(self, task: ExtractionTask, extraction: Extraction) -> tuple[str, ...]:
        """URLs of the pictures and style sheets of an article's page that a crawl of its site would store."""

    def hold(self, site: str) -> None:
        """Lock the site against crawls until all work is done. Raises WarraqError."""
