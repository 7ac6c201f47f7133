"""JSON-LD that is no JSON: every field but the broken one is read, and hostile text costs time in step with its length."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html import jsonld
from crawler.html.lenient_json import DEEPEST, read_values
from crawler.html.tree import parse

DAY = "2025-10-28T09:15:00+03:00"
DATE = f'"datePublished":"{DAY}"'


def article(script: str) -> jsonld.Node:
    tree = parse(f'<html><head><script type="application/ld+json">{script}</script></head></html>')
    assert tree is not None
    return jsonld.article(jsonld.read_nodes(tree))


@pytest.mark.parametrize(
    "script",
    [
        f'{{"@type":"NewsArticle","keywords":"a\\_b \\u12 \\x",{DATE}}}',
        f'{{"@type":"NewsArticle","image":{{"@type":"ImageObject","url":"/1.jpg"}},{DATE}',
        f'{{"@type":"NewsArticle","image":{{"@type":"ImageObject","url":"/1.jpg",{DATE}}}',
        f'{{"@type":"NewsArticle","image":[{{"url":"/1.jpg"}},{DATE}}}',
        f'{{"@type":"NewsArticle","image":{{"url":"/1.jpg"}}}},{DATE}}}',
        f'{{"@type":"NewsArticle", // من "القالب", و"غيره"\n {DATE}}}',
        f'{{"@type":"NewsArticle", /* "image": "1.jpg" */ {DATE} /* نهاية */}}',
        f'{{"@type":"NewsArticle","image":undefined,"video":NaN,{DATE}}}',
        f'{{"@type":"NewsArticle","image": ,{DATE}}}',
        f'{{,"@type":"NewsArticle",,"wordCount":12,,{DATE},}}',
        f'{{"@type":"NewsArticle" "wordCount":12 {DATE}}}',
        f'\ufeff{{"@type":"NewsArticle",{DATE}}}',
        f'var schema = {{"@type":"NewsArticle",{DATE}}};',
        f'{{"@type":"NewsArticle","keywords":"خبر,\n{DATE}}}',
        f'{{"@type":"NewsArticle","keywords":"خبر,{DATE}}}',
        f"{{'@type':'NewsArticle','datePublished':'{DAY}'}}",
        f'{{"@type":"NewsArticle",datePublished:"{DAY}"}}',
        f'{{"@type":"NewsArticle","datePublished":{DAY}}}',
        f"{{“@type”:“NewsArticle”,“datePublished”:“{DAY}”}}",
        f'{{<br />\n"@type":"NewsArticle",<br />\n{DATE}<br />\n}}',
        f'{{"@type":"NewsArticle","image":<br /><b>Notice</b>: Undefined index in <b>/a.php</b><br />\n,{DATE}}}',
        f'{{"@type":"NewsArticle",{DATE},"articleBody":"بدأت البلدية صباح',
        f'{{"@type":"WebSite","name":"x",}}{{"@type":"NewsArticle",{DATE}}}',
        f"{{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;{DAY}&quot;,}}",
    ],
)
def test_a_broken_field_costs_itself_alone(script: str) -> None:
    assert article(script)["datePublished"] == DAY


@pytest.mark.parametrize(
    "title",
    [
        'قال "نعم" ومضى',
        '"نعم" قالها الوزير',
        'قال الوزير "نعم"',
        'بين "نعم" و"لا"',
        'قال "نعم", ثم قال "لا", ومضى',
        'قال: "نعم": ثم مضى',
    ],
)
def test_quotes_that_are_not_escaped_stay_in_the_text(title: str) -> None:
    result = article(f'{{"@type":"NewsArticle","headline":"{title}",{DATE},"author":["{title}","سالم"]}}')
    assert (result["headline"], result["datePublished"]) == (title, DAY)
    assert result["author"] == [title, "سالم"]


def test_escapes_are_undone_as_in_json() -> None:
    assert read_values(r'{"a":"\u0642\ud83d\ude00\n\"\/\t",}') == [{"a": 'ق😀\n"/\t'}]


def test_what_is_nested_very_deep_is_left_out_and_the_rest_read() -> None:
    deep = "[" * 2_000 + "]" * 2_000
    result = article(f'{{"@type":"NewsArticle","author":{deep},{DATE}}}')
    assert result["datePublished"] == DAY
    assert jsonld.string(result["author"]) is None
    assert read_values("[" * (DEEPEST + 50))


_FLAT = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8)
_KEYS = st.text("abc@", min_size=1, max_size=4)


@given(st.dictionaries(_KEYS, _FLAT | st.lists(_FLAT | st.dictionaries(_KEYS, _FLAT))), st.sampled_from([None, 1]))
def test_well_formed_text_without_inner_quotes_reads_as_json_does(value: dict[str, object], indent: int | None) -> None:
    written = json.dumps(value, indent=indent)
    if '\\"' not in written:
        assert read_values(written) == [json.loads(written)]


@given(st.text("{}[]\",:\\/*'ab \n<>u0", max_size=60))
def test_no_text_raises(text: str) -> None:
    read_values(text)


@pytest.mark.parametrize(
    "part",
    ['"', '" ', "{", "[", '{"a":', '{"a":[', '"//', "/*", '/*"/**/', '/*"*/', "/**/", "\\", '"a" ', '"a":"b" "', "x ", '",', '","b', "}", "“"],
)  # fmt: skip
def test_four_times_the_text_costs_less_than_nine_times_the_time(part: str) -> None:
    def spent(count: int) -> float:
        begin = time.process_time()
        read_values('{"a":"' + part * count)
        read_values("{" + part * count)
        return time.process_time() - begin

    least = min(spent(60_000 // len(part)) for _ in range(3))
    assert min(spent(240_000 // len(part)) for _ in range(3)) < 9 * max(least, 0.02)
