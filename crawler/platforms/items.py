"""Items that spiders yield, one for each requested page, for the pipeline to archive, extract and count."""

from dataclasses import dataclass

from storage.records import Capture, Channel, Discovery, Extraction, Found, Kind, Reason, Saved


@dataclass(slots=True)
class Fetched:
    """A page that answered: to archive and, if it is an article page, to extract.

    new_pages: the unknown pages that this listing links to. links: number of articles that it lists, known or not; None
    for an article page. listing: URL of the listing that links to this page. discoveries: the articles that this
    listing lists as part of `channel`, known or not. parts: the further pages of the article, in order. The pipeline
    sets extraction and saved.
    """

    capture: Capture
    kind: Kind
    new_pages: tuple[Found, ...] = ()
    links: int | None = None
    listing: str | None = None
    channel: Channel | None = None
    discoveries: tuple[Discovery, ...] = ()
    parts: tuple[Capture, ...] = ()
    extraction: Extraction | None = None
    saved: Saved | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """A page that answered 304: unchanged since it was last fetched. capture: the response, which has no body."""

    url: str
    kind: Kind
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A page without a response that may be archived. retry: whether a later run should request it again.

    requested: False if the request was never sent, because the whole host is abandoned for this run; that is no failure
    of the page.
    """

    url: str
    kind: Kind
    reason: Reason
    retry: bool
    detail: str
    requested: bool = True


@dataclass(frozen=True, slots=True)
class FetchedAsset:
    """A picture or style sheet that answered. page: URL of a page that shows it; None if unknown."""

    capture: Capture
    page: str | None


@dataclass(frozen=True, slots=True)
class MissedAsset:
    """A picture or style sheet that could not be fetched. retry: whether a later run should request it again."""

    url: str
    retry: bool
