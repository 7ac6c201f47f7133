"""Find the reason why a listing has no article links, from its extraction as if it were an article."""

from storage.records import REFUSALS, Capture, Extraction, Reason

# Reasons for which a page without article links is no listing. With any other reason it is an empty listing, such as
# an empty category.
_NO_LISTING = frozenset(
    {
        *(Reason.NOT_FOUND, Reason.SOFT_404, Reason.HTTP_ERROR, Reason.LOGIN, *REFUSALS),
        *(Reason.NOT_HTML, Reason.TIMEOUT, Reason.FAILED, Reason.UNREAD),
    }
)


def of_listing(extraction: Extraction, capture: Capture) -> Extraction:
    """The extraction with the reason why the page is no listing; its reason is None when it is an empty listing."""
    is_listing = extraction.reason not in _NO_LISTING and bool(capture.body.strip())
    return Extraction(reason=None if is_listing else extraction.reason, evidence=extraction.evidence)
