"""Listings without article links: which of them are pages of another kind, by what extraction makes of them."""

from storage.records import REFUSALS, Capture, Extraction, Reason

# What a listing without links may be. With any other reason it is a listing that lists no article, such as an empty
# category.
_NO_LISTING = frozenset(
    {
        *(Reason.NOT_FOUND, Reason.SOFT_404, Reason.HTTP_ERROR, Reason.LOGIN, *REFUSALS),
        *(Reason.NOT_HTML, Reason.TIMEOUT, Reason.FAILED, Reason.UNREAD),
    }
)


def of_listing(extraction: Extraction, capture: Capture) -> Extraction:
    """Why a page has no article links, from its extraction; without a reason when it is a listing all the same."""
    is_listing = extraction.reason not in _NO_LISTING and bool(capture.body.strip())
    return Extraction(reason=None if is_listing else extraction.reason, evidence=extraction.evidence)
