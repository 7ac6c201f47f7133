"""Fields of queries, in English and Arabic, on both engines."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, update

from storage.db.schema import sites, versions
from storage.errors import UsageError
from storage.filters import Filters
from storage.search.engine import search
from storage.search.query_fields import split_fields
from storage.search.query_language import seen_text
from tests.support.rooms.search import NOON, add, change, found


@pytest.fixture
def filled(engine: Engine) -> Engine:
    add(engine, 1, "زيارة الوزير الى تونس", published_at=NOON, section="سياسة", authors=["سمر علي الحسن"])
    earlier = NOON - timedelta(days=9)
    add(engine, 2, "زيارة الوزير الى الجزائر", site="ba", published_at=earlier, authors=["سمرقند علي"])
    undated = {"published_at": None, "published_offset": None, "precision": None}
    add(engine, 3, "مباراة في تونس", tags=["كرة القدم"], **undated)
    change(engine, 2, agency="رويترز", status="gone")
    with engine.begin() as connection:
        connection.execute(update(sites).where(sites.c.name == "ba").values(country="DZ"))
        for number in (1, 2):
            row = {
                "article_id": 1,
                "number": number,
                "seen_at": NOON + timedelta(days=number),
                "title": "ع",
                "text": "ن",
            }
            connection.execute(insert(versions).values(**row, content_sha256="0", extractor="t", details={}))
    return engine


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("زيارة site:ba", {2}),
        ("موقع:ba", {2}),
        ("قسم:سياسة زيارة", {1}),
        ("زيارة section:«سياسه»", {1}),
        ("author:سمر", {1}),
        ('كاتب:"علي الحسن"', {1}),
        ("كاتب:علي", {1, 2}),
        ('وسم:"كرة القدم"', {3}),
        ("وكالة:رويترز", {2}),
        ("بلد:dz", {2}),
        ("status:gone", {2}),
        ("حالة:محذوف", {2}),
        ("from:2025-03-01", {1}),
        ("من:٢٠٢٥-٠٢-٠١ إلى:2025-02-28", {2}),
        ("to:2025-02-20", {2}),
        ("to:2025-02-19", set()),
        ("تغير:2025-03-03", {1}),
        ("changed:2025-03-04", set()),
        ("تونس -قسم:سياسة", {3}),
        ("-site:ba", {1, 3}),
        ("زيارة -from:2025-03-01", {2}),
        ("-from:2025-03-01", {2, 3}),
        ("-site:ba -tag:«كرة القدم»", {1}),
        ("\u200fقسم:سياسة", {1}),
        ("\u200e-\u200fsite:\u200eba\u200f", {1, 3}),
        ("\u202bمن:2025-03-01\u202c", {1}),
        ("تغيّر:2025-03-03", {1}),
        ("قِسْم:سياسة", {1}),
        ("site:alif -مباراة", {1}),
        ("-زيارة status:live", {3}),
    ],
)
def test_a_field_narrows_the_answer(filled: Engine, query: str, expected: set[int]) -> None:
    assert found(filled, query) == expected


def test_a_query_of_fields_alone_lists_the_newest_first(filled: Engine) -> None:
    answer = search(filled, "-site:none")
    assert [hit.id for hit in answer.hits] == [1, 2, 3]
    assert {(hit.spans, hit.title_spans, hit.score) for hit in answer.hits} == {((), (), None)}
    assert [hit.id for hit in search(filled, "", filters=Filters(site="alif")).hits] == [1, 3]


def test_days_are_those_of_the_zone(filled: Engine) -> None:
    late = datetime(2025, 3, 1, 22, tzinfo=UTC)
    change(filled, 1, published_at=late)
    assert {hit.id for hit in search(filled, "from:2025-03-02", timezone="Asia/Riyadh").hits} == {1}
    assert search(filled, "from:2025-03-02").total == 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("تونس site:", "nothing behind the colon of 'site:'"),
        ("قسم: سياسة", "nothing behind the colon of 'قسم:'"),
        ('كاتب:"سمر علي', "nothing behind the colon of 'كاتب:'"),
        ("قسم:سياسة|رياضة", "'قسم:سياسة|رياضة': a field has one value"),
        ("قسم:سياسة | تونس", "'قسم:سياسة' beside |"),
        ("تونس OR site:ba", "'site:ba' beside |"),
        ('site:""', "nothing behind the colon of 'site:\"\"'"),
        ("from:2025-13-01 تونس", "'2025-13-01' in 'from:2025-13-01' is no day"),
        ("status:lost", "'lost' in 'status:lost' is no status: live, gone"),
        ("country:مصر", "write its code of two letters"),
        ("site:a site:b", "site: stands twice in the query, at 'site:b' again"),
        ("from:2025-03-02 to:2025-03-01", "lies before"),
        ("site:a\x00b", "characters that are no text"),
    ],
)
def test_what_a_field_cannot_mean_is_said_with_its_place(filled: Engine, query: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        search(filled, query)


@pytest.mark.parametrize(
    "query",
    [
        "عاجل: زلزال",
        '"قسم: رياضة" «من: الوزير»',
        "قسم : رياضة",
        "عاجل:زلزال",
        '"قسم:رياضة"',
        "https://x.example/a",
        "a:b",
        "قال:«نعم»",
    ],
)
def test_other_colons_are_text(query: str) -> None:
    assert split_fields(query) == (query, Filters())


@given(st.text(max_size=60))
def test_any_text_is_split_or_refused(query: str) -> None:
    try:
        words, filters = split_fields(query)
    except UsageError:
        return
    assert len(words) <= len(query)
    assert words == seen_text(query).strip() or filters != Filters()
