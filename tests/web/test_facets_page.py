"""The search page's facets: their links, and the filters that they set."""

import html
import re

from tests.support.web.served import Served


def test_facets_lead_to_as_many_articles_as_they_say_and_a_filter_can_be_dropped(reader: Served):
    shown = reader.find("/search", q="المدينة", lang="en").text
    boxes = re.search(r'<div class="facet-boxes">(.*?)</div>', shown, re.DOTALL)
    assert boxes is not None
    links = re.findall(r'<a href="([^"]+)"><bdi>([^<]+)</bdi></a> <span class="number">([\d,]+)', boxes[1])
    assert links
    for link, value, count in links:
        narrowed = reader.ask(html.unescape(link) + "&lang=en").text
        match = re.search(r"<strong>([\d,]+) found", narrowed)
        assert match is not None, link
        assert match[1] == count, value
        assert 'class="chosen"' in narrowed
        dropped = re.search(r'<ul class="chosen".*?<a href="([^"]+)"', narrowed, re.DOTALL)
        assert dropped is not None
        assert reader.ask(html.unescape(dropped[1])).status == 200


def test_a_result_is_narrowed_by_author_tag_agency_country_and_status(reader: Served):
    def number(**asked: str) -> int:
        match = re.search(r"<strong>([\d,]+) found", reader.find("/search", lang="en", **asked).text)
        return int(match[1].replace(",", "")) if match else 0

    assert number(status="live") + number(status="gone") == number() > number(status="gone") > 0
    for name in ("author", "tag", "agency", "country"):
        assert number(**{name: "زز" if name != "country" else "zz"}) == 0
    assert reader.find("/search", status="nothing").status == 400
