"""The assets needed to show an article's page: the article's picture and the page's style sheets. Pure."""

import re
from urllib.parse import urlsplit

from storage.records import Capture
from storage.web.captured.shown_pages import page_resources

MOST_STYLES = 20  # of one page
_SCALED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)")  # WordPress: photo-780x470.jpg is of photo.jpg


def article_assets(capture: Capture, image: str | None) -> tuple[str, ...]:
    """Absolute URLs of the style sheets that the page links to, and of the article's picture.

    image: the picture's URL as extracted, often the one for sharing. If the page itself shows the picture in another
    size, that URL is included too, since the page would otherwise lack its picture.
    """
    charset = (capture.header("Content-Type") or "").rpartition("charset=")[2].strip(" \"'") or None
    resources = page_resources(capture.body, capture.url, charset)
    wanted = [*resources.styles[:MOST_STYLES]]
    if image is not None:
        same = (url for each in resources.pictures for url in each if _picture(url) == _picture(image))
        wanted += [image, *list(same)[:1]]
    return tuple(dict.fromkeys(wanted))


def _picture(url: str) -> str:
    """The part of a picture's URL that is the same for all of its sizes."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{(parts.hostname or '').removeprefix('www.')}{_SCALED.sub('', parts.path)}"
