"""What a rebuild and an import ask of their caller, who extracts pages and knows sites: storage does neither."""

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
    """A capture to extract. kind: of the page, when it was requested. record: its WARC record.

    parts: the further pages of its article, in order, with their records.
    """

    capture: Capture
    kind: Kind
    site: SiteFacts
    record: Record
    parts: tuple[tuple[Capture, Record], ...] = ()
    run: str = ""  # that wrote the record, where several wrote the file


class Reader(Protocol):
    """The caller's knowledge of sites, and its extraction."""

    def site(self, name: str, known: dict[str, str], url: str) -> SiteFacts:
        """The declaration of a site. known: the site's fields in a warcinfo record. url: of any page of the site."""

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Each task with its extraction, in order. The tasks are consumed lazily."""

    def judge(self, archive: Archive, task: ExtractionTask, extraction: Extraction) -> Extraction | None:
        """What the page means beside what the archive has; None: that shows at the end of its run (`judged`)."""

    def judged(self, archive: Archive) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """The pages of the run that were left to its end, with what they mean. Its other pages are saved."""

    def listed(self, task: ExtractionTask) -> Listed | None:
        """The articles that a feed, sitemap or REST answer names, with their dates; None for any other page."""

    def assets(self, task: ExtractionTask, extraction: Extraction) -> tuple[str, ...]:
        """URLs of the pictures and style sheets that a crawl of its site would keep of an article's page."""

    def hold(self, site: str) -> None:
        """Lock the site against crawls until all work is done. Raises WarraqError."""
