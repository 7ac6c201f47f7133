"""What single steps of learning give, where no page of a whole site shows it."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import lxml.html

from crawler.html.blocks import blocks
from crawler.learning.headline_area import with_headline_area
from crawler.learning.path_votes import _RUN, PathVotes, _compare
from crawler.profile.paths import Paths
from crawler.profile.template import LEAST, Template


def viewed(html: str, template: Template) -> Any:
    """A page of which all lines are text to one reader."""
    tree = lxml.html.document_fromstring(html)
    lines = blocks(tree)
    view = SimpleNamespace(page=SimpleNamespace(tree=tree), blocks=lines, votes=[1] * len(lines))
    return SimpleNamespace(view=view, paths=Paths(template.names))


def test_the_area_of_a_headline_holds_the_text_and_not_the_lead_alone() -> None:
    lead, text = "ل " * LEAST, "ن " * 4 * LEAST
    place = {"headline": ("div > div > h1",)}
    template = Template(3, frozenset(), frozenset(), "div > div > p", "most", field_paths=place)
    head = f"<div><h1>خبر</h1><p>{lead}</p></div>"
    pages = [viewed(f"<div>{head}<div><p>{text}</p></div></div>", template)] * 3
    assert with_headline_area(template, pages).headline_area == 2
    alone = [viewed(f"<div>{head}</div><div><div><p>{text}</p></div></div>", template)] * 3
    assert with_headline_area(template, alone).headline_area == 1


def test_a_line_is_compared_by_all_its_runs_of_words() -> None:
    first, middle, last = (tuple(f"w{at + number}" for number in range(_RUN)) for at in range(3))
    line = " ".join((*first, middle[-1], last[-1]))
    for shared in (first, middle, last):
        votes = PathVotes()
        _compare(votes, line, 60, Counter({first: 1, middle: 1, last: 1}) + Counter([shared]))
        assert (votes.worded, votes.alike) == (60, 20)
