"""Decoding of response bodies: strict decoding of Content-Encoding, and detection of the charset by the bytes.

A decompression bomb is refused. A body that was cut short is requested again: Scrapy's own decoders return its
beginning, which would look like a shorter article. If a feed or sitemap is cut short every time, its beginning is used.
Scrapy also trusts a wrong charset label, and guesses badly if much CSS precedes the text.
"""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response, TextResponse

from crawler.html import decode
from crawler.http.crawl_stats import stats_of
from crawler.http.refusals import Refused
from storage import content_encoding
from storage.content_encoding import MAX_LAYERS
from storage.errors import CutShort, TooLarge
from storage.records import Reason

_LISTS = ("feed", "sitemap")  # kinds of requests whose response is used even if it is cut short
_NOT_DECODED = ("article", "part", "rest", "asset", *_LISTS)


class EncodingMiddleware(HttpCompressionMiddleware):
    """Scrapy's middleware with strict decoders, at most two layers, and a retry if the body was cut short."""

    crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read COMPRESSION_ENABLED, and DOWNLOAD_MAXSIZE, which also limits the decoded body."""
        made = super().from_crawler(crawler)
        made.crawler = crawler
        return made

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The decoded response, or the request to send again.

        Raises Refused if the body is too large or not in that encoding, ResponseDataLossError after the last retry.
        """
        layers = b",".join(response.headers.getlist("Content-Encoding")).count(b",") + 1
        try:
            if layers > MAX_LAYERS:
                raise TooLarge
            return super().process_response(request, response)
        except ValueError as error:
            # Without the traceback: its frames hold the decoded bytes, and an errback may keep it for long.
            problem = error.with_traceback(None)
        if isinstance(problem, CutShort):
            again = self._again(request)
            if again is not None:
                return again
            try:
                return self._beginning_of_list(request, response)
            except ValueError as error:
                problem = error.with_traceback(None)
        url = ascii(request.url)[:200]
        if isinstance(problem, CutShort):
            raise ResponseDataLossError(f"{url}: its body is cut short")
        if isinstance(problem, TooLarge):
            stats_of(self.crawler).inc_value("warraq/too_large")
            what = f"{len(response.body)} bytes in {layers} encodings"
            raise Refused(f"{url}: {what} pass the size limit", Reason.TOO_LARGE, retry=False)
        raise Refused(f"{url}: {problem}", Reason.FAILED, retry=True)

    def _again(self, request: Request) -> Request | None:
        if self.crawler.spider is None:
            return None
        return get_retry_request(request, spider=self.crawler.spider, reason="body cut short")

    def _beginning_of_list(self, request: Request, response: Response) -> Response:
        """The beginning of a list, whose entries are valid on their own. Raises CutShort for other kinds of pages.

        Its validators are removed: with them, the next run would get a 304, and never the list's end.
        """
        if request.meta.get("kind") not in _LISTS:
            raise CutShort
        body, limit = response.body, request.meta.get("download_maxsize", self._max_size)
        encodings, _ = self._split_encodings(response.headers.getlist("Content-Encoding"))
        for encoding in encodings:
            body, _ = content_encoding.decode_received(body, encoding.decode("ascii"), limit)
        headers = response.headers.copy()
        for name in ("Content-Encoding", "ETag", "Last-Modified"):
            headers.pop(name, None)
        return response.replace(body=body, headers=headers)

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return content_encoding.decode(body, encoding.decode("ascii", "replace"), max_size)


class CharsetMiddleware:
    """Downloader middleware that sets the true encoding of listings, for the spiders' use of `text` and `selector`.

    Other pages are not changed: extraction decodes article pages, and feeds, sitemaps and REST responses are parsed as
    bytes.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with the encoding that was detected from its bytes."""
        if not isinstance(response, TextResponse) or not response.body or request.meta.get("kind") in _NOT_DECODED:
            return response
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        decoded = decode.decode_unrepaired(response.body, content_type)
        labelled = response.replace(encoding=decoded.encoding)
        labelled._cached_ubody = decoded.text  # the value of `text`: so the page is not decoded a second time
        return labelled
