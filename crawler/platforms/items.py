"""What a spider hands on of each page that it asked for: for the pipeline to keep, to read and to count."""

from dataclasses import dataclass

from storage.records import Capture, Channel, Discovery, Extraction, Found, Kind, Reason, Saved


@dataclass(slots=True)
class Fetched:
    """A page that answered: for the pipeline to keep and, when it is an article page, to read.

    found: what this listing named that was unknown. links: how many articles it named, known or not; None for an
    article page. listing: URL of the listing that led here. sightings: the articles that it named as part of
    `channel`, known or not. The pipeline fills reading and saved.
    """

    capture: Capture
    kind: Kind
    found: tuple[Found, ...] = ()
    links: int | None = None
    listing: str | None = None
    channel: Channel | None = None
    discoveries: tuple[Discovery, ...] = ()
    reading: Extraction | None = None
    saved: tuple[Saved, ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """A page that answered 304: the same as at the last visit. capture: the answer itself, without a body."""

    url: str
    kind: Kind
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that gave no answer, or none that may be kept. retry: worth another try in a later run.

    asked: False when the page was never asked for, since its whole host is left alone; that is no failure of the page.
    """

    url: str
    kind: Kind
    reason: Reason
    retry: bool
    detail: str
    asked: bool = True
