"""Listings reach their spider with the charset that their bytes have, decoded once; other answers stay as bytes."""

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from crawler.http.decoding import CharsetMiddleware

URL = "https://news.example/category/"
TEXT = "<html><body><p>" + "الخبر الأول من الصفحة الأولى " * 5
BODY = TEXT.encode("cp1256")


def passed_on(kind: str) -> TextResponse:
    response = HtmlResponse(URL, body=BODY, headers={"Content-Type": "text/html; charset=utf-8"})
    passed = CharsetMiddleware().process_response(Request(URL, meta={"kind": kind}), response)
    assert isinstance(passed, TextResponse)
    return passed


@pytest.mark.parametrize("kind", ["listing", "backlog"])
def test_a_listing_has_its_true_charset_and_is_decoded_once(kind: str, monkeypatch: pytest.MonkeyPatch):
    listing = passed_on(kind)
    monkeypatch.setattr("scrapy.http.response.text.html_to_unicode", None)  # Scrapy's decoder: not called again
    assert (listing.encoding, listing.text) == ("cp1256", TEXT)
    assert listing.css("p::text").get() == TEXT.partition("<p>")[2].strip()


def test_a_body_that_another_middleware_replaces_is_decoded_anew():
    assert passed_on("listing").replace(body="<p>خبر آخر</p>".encode("cp1256")).text == "<p>خبر آخر</p>"


@pytest.mark.parametrize("kind", ["article", "feed", "sitemap", "rest"])
def test_what_is_parsed_as_bytes_is_left_as_it_came(kind: str):
    assert passed_on(kind).encoding == "utf-8"
