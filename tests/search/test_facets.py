"""The counts of a search by section, author and so on: what the same search finds with that value as a filter."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, update

from storage.db.schema import articles, labels, sites
from storage.errors import UsageError
from storage.filters import Filters, labels_of
from storage.search import search
from storage.search.facets import KINDS, count_days, facets
from storage.search.facets import top_terms as top_terms_module
from tests.support.rooms.search import add, change


def labelled(engine: Engine, number: int, text: str, **columns: object) -> None:
    """Add an article with the rows of its labels, as whoever saves one writes them."""
    values = {"section": None, "categories": [], "tags": [], "authors": []} | columns
    add(engine, number, text, **columns)  # type: ignore[arg-type]
    rows = [{"article_id": number, "kind": kind, "folded": folded} for kind, folded in labels_of(values)]
    with engine.begin() as connection:
        if rows:
            connection.execute(insert(labels), rows)


def fill(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(sites).where(sites.c.name == "alif").values(country="MA"))
    labelled(engine, 1, "خبر", section="رياضة", tags=["كأس", "كرة"], authors=["سمر علي"], agency="Reuters")
    labelled(engine, 2, "خبر", section="رياضه", categories=["رياضة", "محليات"], authors=["سمر علي", "هدى"])
    labelled(engine, 3, "خبر", section="سياسة", site="ba", tags=["كأس"], agency="REUTERS", published_at=None)
    labelled(engine, 4, "مقال", section="سياسة", site="ba", published_at=datetime(2024, 12, 31, 23, 59, tzinfo=UTC))
    labelled(engine, 5, "خبر", section="اقتصاد", tags=["سوق"])
    change(engine, 5, status="removed")


def counted(engine: Engine, query: str = "", **options: object) -> dict[str, dict[str, int]]:
    facets_report = facets(engine, query, **options)  # type: ignore[arg-type]
    return {kind: {each.value: each.count for each in counts} for kind, counts in facets_report.counts.items()}


def test_each_value_is_counted_once_an_article_and_named_as_the_first_one_writes_it(engine: Engine) -> None:
    fill(engine)
    assert facets(engine).total == 4
    assert counted(engine) == {
        "section": {"رياضة": 2, "سياسة": 2, "محليات": 1},
        "author": {"سمر علي": 2, "هدى": 1},
        "tag": {"كأس": 2, "كرة": 1},
        "site": {"alif": 2, "ba": 2},
        "country": {"MA": 2},
        "agency": {"Reuters": 2},
        "month": {"2025-03": 2, "2024-12": 1},
    }


def test_words_fields_and_filters_narrow_the_counts(engine: Engine) -> None:
    fill(engine)
    assert counted(engine, "خبر", by=("section",)) == {"section": {"رياضة": 2, "سياسة": 1, "محليات": 1}}
    assert counted(engine, "موقع:ba", by=("section", "tag")) == {"section": {"سياسة": 2}, "tag": {"كأس": 1}}
    assert counted(engine, filters=Filters(tag="كرة"), by=("author",)) == {"author": {"سمر علي": 1}}
    assert counted(engine, "لا-شيء", by=("month",)) == {"month": {}}


def test_the_most_frequent_come_first_and_equals_by_name(engine: Engine) -> None:
    for number in range(1, 31):
        labelled(engine, number, "خبر", tags=[f"وسم {number % 7}"])
    facets_report = facets(engine, by=("tag",), limit=3).counts["tag"]
    assert [(each.value, each.count) for each in facets_report] == [("وسم 1", 5), ("وسم 2", 5), ("وسم 0", 4)]


@pytest.mark.slow
def test_rare_values_are_counted_exactly_however_the_index_was_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tantivy drops what is rare in a segment. Here each has room for a few values, and what is frequent is spread."""
    for name in ("_FIRST", "_FEW", "_IN_SEGMENT"):
        monkeypatch.setattr(top_terms_module, name, 1)
    number = 0
    for batch in range(6):
        for tag in [f"نادر {batch} {each}" for each in range(100) for _ in range(2)] + ["منتشر"]:
            number += 1
            labelled(engine, number, "خبر", tags=[tag])
        facets(engine)  # takes the batch in, as a segment of its own
    facets_report = facets(engine, by=("tag",), limit=2).counts["tag"]
    assert [(each.value, each.count) for each in facets_report] == [("منتشر", 6), ("نادر 0 0", 2)]


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(["خبر", "مقال عن خبر", "تحقيق"]),
            st.sampled_from([None, "رياضة", "سياسة", "ثقافة"]),
            st.lists(st.sampled_from(["كأس", "سوق", "نفط", "قمة"]), max_size=3, unique=True),
            st.sampled_from(["alif", "ba"]),
        ),
        min_size=1,
        max_size=12,
    ),
    query=st.sampled_from(["", "خبر", "تحقيق | خبر", "-موقع:ba", '"عن خبر"']),
)
def test_a_count_is_what_the_search_finds_with_the_value_as_a_filter(
    engine: Engine, drawn: list[tuple[str, str | None, list[str], str]], query: str
) -> None:
    with engine.begin() as connection:
        connection.execute(labels.delete())
        old = [row.id for row in connection.execute(articles.select())]
    for number in old:
        change(engine, number, status="removed")
    begin = max(old, default=0) + 1
    for number, (text, section, tags, site) in enumerate(drawn, begin):
        labelled(engine, number, text, section=section, tags=tags, site=site)
    facets_report = facets(engine, query)
    for kind, field in (("section", "section"), ("tag", "tag"), ("site", "site")):
        for each in facets_report.counts[kind]:  # type: ignore[index]
            assert each.count == search(engine, query, filters=Filters(**{field: each.value})).total
            assert 0 < each.count <= facets_report.total


def test_days_are_counted_in_utc_also_before_1970(engine: Engine) -> None:
    days = [datetime(2025, 3, 1, 0, 0, tzinfo=UTC), datetime(2025, 3, 1, 23, 59, 59, 999999, tzinfo=UTC)]
    days += [datetime(1969, 12, 31, 23, 59, tzinfo=UTC), datetime(1902, 1, 1, tzinfo=UTC)]
    for number, day in enumerate(days, 1):
        add(engine, number, "خبر", published_at=day)
    add(engine, 9, "خبر", published_at=None)
    expected = {date(1902, 1, 1): 1, date(1969, 12, 31): 1, date(2025, 3, 1): 2}
    assert count_days(engine, "خبر") == count_days(engine, "") == expected


def test_a_hostile_value_is_a_value(engine: Engine) -> None:
    hostile = ["'; drop table articles --", "<script>", "طويل" * 2_000, "\ue000"]
    for number, name in enumerate(hostile, 1):
        labelled(engine, number, "خبر", section=name, agency=name)
    counts = counted(engine, limit=50)
    assert set(counts["section"]) >= {"<script>", "'; drop table articles --"}
    assert all(count == 1 for count in counts["agency"].values())


def test_limits_out_of_range_are_refused(engine: Engine) -> None:
    for limit in (0, 1_001):
        with pytest.raises(UsageError, match="limit"):
            facets(engine, limit=limit)
    assert tuple(facets(engine).counts) == KINDS
