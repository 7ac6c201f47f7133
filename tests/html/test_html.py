"""From bytes to one tree: the charset is found whatever is declared; no input is too deep or too broken."""

import re

import pytest
from cssselect import SelectorError
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.cssselect import CSSSelector

from crawler.extract.body import candidates
from crawler.extract.fields import credits, labels, metadata
from crawler.html.blocks import blocks
from crawler.html.css_names import NamePattern, read_names
from crawler.html.decode import decode
from crawler.html.tree import content, find, parse, words_of
from crawler.site import Selectors
from crawler.themes import THEMES

SENTENCE = "قال المتحدث باسم الوزارة إن العمل في المشروع سيبدأ خلال الأسبوع المقبل، وأضاف أن الكلفة لم تحدد بعد."
STYLE = "<style>" + ".menu-item{color:#fff;background:url(x.png)}\n" * 1500 + "</style>"
LABELS = ("utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "x-no-such-charset", "hex", None)


def page(label: str | None, style: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}{style}</head><body><p>{SENTENCE}</p></body></html>"


@pytest.mark.parametrize("style", ["", STYLE], ids=["small", "much-css"])
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859_6"])
def test_arabic_comes_out_the_same_declared_right_or_wrong_or_not_at_all(
    encoding: str, label: str | None, style: str
) -> None:
    html = page(label, style)
    assert decode(html.encode(encoding)).text == html
    header = f"text/html; charset={label}" if label else None
    assert decode(page(None, style).encode(encoding), header).text == page(None, style)


def test_one_bad_byte_does_not_change_the_charset() -> None:
    raw = bytearray(page(None, STYLE).encode())
    raw[-40:-40] = b"\xff"
    decoded = decode(bytes(raw))
    assert decoded.encoding == "utf-8"
    assert SENTENCE[:50] in decoded.text
    raw = bytearray(page("windows-1256").encode("cp1256"))
    raw[60:60] = b"\x00"
    assert SENTENCE in decode(bytes(raw)).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    decoded = decode(page("windows-1256").encode(encoding))
    assert decoded.text == page("windows-1256")
    assert decoded.because == "byte order mark"


@given(st.binary(max_size=400), st.sampled_from([*LABELS, "text/html; charset=utf-7"]))
def test_any_bytes_decode_and_parse_without_control_characters(body: bytes, label: str | None) -> None:
    text = decode(body, label).text
    assert not any(character in text for character in "\x00\x01\x08\x0b\x1f\x7f")
    tree = parse(text)
    assert tree is None or "\x00" not in content(tree)


def test_escaped_control_characters_do_not_survive() -> None:
    tree = parse("<p>خبر&#0;&#1;&#x8; عاجل</p>")
    assert tree is not None
    assert content(tree).replace("\ufffd", "") == "خبر عاجل"


def test_markup_without_an_element_is_no_tree_or_an_empty_one() -> None:
    for text in ("", "   ", "<!-- -->", "<?xml version='1.0' encoding='utf-8'?>"):
        tree = parse(text)
        assert tree is None or content(tree) == ""


def test_an_xml_declaration_does_not_stop_the_parser() -> None:
    tree = parse('<?xml version="1.0" encoding="windows-1256"?><html><body><p>خبر</p></body></html>')
    assert tree is not None
    assert content(tree) == "خبر"


def test_two_hundred_thousand_nested_elements_end_nothing() -> None:
    tree = parse("<body><p>قبل</p>" + "<div>" * 200_000 + "في العمق" + "</div>" * 200_000)
    assert tree is not None
    assert content(tree).startswith("قبل")


def test_markup_as_deep_as_broken_pages_have_it_is_read_whole() -> None:
    tree = parse("<body>" + "<div>" * 1_500 + "<p>في العمق</p>" + "</div>" * 1_500 + "<p>بعد</p>")
    assert tree is not None
    assert [content(each) for each in find(tree, "//p")] == ["في العمق", "بعد"]


def test_a_megabyte_of_class_names_is_cut() -> None:
    tree = parse(f'<body><p class="{"a " * 500_000}">خبر</p>')
    assert tree is not None
    read_names(tree)
    assert all(len(each.get("class") or "") < 3_000 for each in tree.iter())


MARKUP = (
    '<body class="Home single"><div id="Main" class="a b"><p class="b">1</p><a rel="tag nofollow" href=x>2</a></div>'
    '<span itemprop="name headline">3</span><div class="b" data-publicationdate="2025">4</div><i class="a-b">5</i></body>'
)


@pytest.mark.parametrize(
    "selector",
    [
        ".b", "div.b", "#Main .b", "#main", ".home", ".a.b > p", "p, a[rel~=tag], .none", "[itemprop~=headline]",
        '[itemprop="name headline"]', "[itemprop=headline]", "[data-publicationdate]", "div:not(.none)", "div:not(.a)",
        "div:has(> a)", ":is(.a, .none)", "a[rel=tag]", "a[rel^=tag]", "[class*=-b]", "", "..", "x|y",
    ],
)  # fmt: skip
def test_selection_gives_what_css_says_whatever_the_page_lacks(selector: str) -> None:
    tree = parse(MARKUP)
    assert tree is not None
    try:
        expected = CSSSelector(selector, translator="html")(tree) if selector else []
    except (SelectorError, etree.XPathError):
        expected = []
    assert read_names(tree).select(selector) == expected


@given(st.lists(st.sampled_from(["related", "Post-Date", "x\ny", "tags", ""]), min_size=1, max_size=8))
def test_elements_are_found_by_their_names_in_document_order(names: list[str]) -> None:
    tree = parse("<body>" + "".join(f'<p class="{name}" id="i{n % 3}">x</p>' for n, name in enumerate(names)))
    assert tree is not None
    elements = read_names(tree).named(NamePattern("related|date|i1", "related", "date", "i1"))
    assert elements == [
        each for each in tree.iter("p") if re.search("related|date|i1", f"{each.get('class')} {each.get('id')}".lower())
    ]


@pytest.mark.parametrize(
    "ours", [labels.BREADCRUMB, labels.TAG_LISTS, credits.BYLINES, metadata.SUBTITLES], ids=lambda each: each.stems[0]
)
def test_what_a_pattern_of_ours_finds_has_one_of_its_stems(ours: NamePattern) -> None:
    parts = [*re.findall("[a-z]+", ours.names.pattern), "post", "entry", "-", "_", "s", "name"]
    names = {f" {a}{join}{b} " for a in parts for b in parts for join in ("", "-", "_", " ")}
    matched = {name for name in names if ours.names.search(name)}
    assert matched
    assert {name for name in matched if not any(stem in name for stem in ours.stems)} == set()


def test_every_selector_of_ours_is_valid_css() -> None:
    ours = (labels.BADGES, credits.DECLARED_AUTHORS, candidates.DECLARED)
    for selector in ours:
        Selectors(body=selector)
    assert len({theme.name for theme in THEMES}) == len(THEMES)


def test_names_are_split_into_words() -> None:
    tree = parse('<body><div class="postMeta-top js_ad" id="Share-2">x</div>')
    assert tree is not None
    assert words_of(find(tree, "//div")[0]) == {"post", "meta", "top", "js", "ad", "share"}


def test_elements_of_a_page_s_own_names_are_read_as_those_that_everybody_knows() -> None:
    tree = parse(
        "<x-story><x-p>الفقرة الأولى من <x-term>النص</x-term> هنا.</x-p><x-p>والثانية.</x-p><amp-img></amp-img></x-story>"
    )
    assert tree is not None
    assert [block.text for block in blocks(tree)] == ["الفقرة الأولى من النص هنا.", "والثانية."]
    assert [each.get("class") for each in tree.iter("div")] == ["x-story", "x-p", "x-p"]
    assert next(tree.iter("amp-img"), None) is not None
