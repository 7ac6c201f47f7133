"""Gives every page the charset that its bytes have, whatever its server says.

Scrapy obeys a wrong label and guesses badly behind much CSS; with the right encoding set, `response.text`,
`response.css` and all that hooks of site files use are right as well.
"""

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.html.document import decode


class CharsetMiddleware:
    """Downloader middleware."""

    def process_response(self, request: Request, response: Response) -> Response:
        """The same response with its true encoding. Article pages are left alone: their reader decodes them."""
        if not isinstance(response, TextResponse) or not response.body or request.meta.get("kind") == "article":
            return response
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        return response.replace(encoding=decode(response.body, content_type).encoding)
