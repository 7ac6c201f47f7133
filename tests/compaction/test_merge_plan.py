"""Which files are merged: small ones of earlier days, by site and month, in order, up to the limit."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from storage.compaction.merge_plan import plan_merges
from storage.warc.file_names import day_in, month_stem

BEFORE = date(2026, 11, 1)


def planned(*files: tuple[str, int], limit: int = 1000, site: str | None = None) -> list[tuple[str, list[str]]]:
    sizes = [(Path(f"{name}.warc.gz"), size) for name, size in files]
    plan = plan_merges(sizes, before=BEFORE, limit=limit, site=site)
    assert all(each.length == sum(size for path, size in sizes if path in each.sources) for each in plan)
    return [(each.stem, [path.name[:-8] for path in each.sources]) for each in plan]


def test_files_of_a_site_and_month_go_together_in_order_of_time() -> None:
    files = [
        ("b-20261003", 10), ("a-20261002-10", 10), ("a-20261002-2", 10), ("a-20261002", 10), ("a-20260930", 10),
        ("a-20261001101500-12", 10), ("a-20261001101500-12-2", 10), ("a-20261001091500-9", 10), ("b-20261004", 10),
    ]  # fmt: skip
    a = ["a-20261001091500-9", "a-20261001101500-12", "a-20261001101500-12-2"]
    a += ["a-20261002", "a-20261002-2", "a-20261002-10"]
    assert planned(*files) == [("a-202610", a), ("b-202610", ["b-20261003", "b-20261004"])]
    assert planned(*files, site="b") == [("b-202610", ["b-20261003", "b-20261004"])]


def test_what_is_big_later_merged_or_of_others_stays() -> None:
    kept = [
        ("a-20261001", 500),
        ("a-202610", 10),
        ("a-202610-2", 10),
        ("a-20261101", 10),
        ("other", 10),
        ("A-20261001", 1),
    ]
    assert planned(*kept, ("a-20261003", 10)) == []
    assert planned(*kept, ("a-20261003", 10), ("a-20261004", 10)) == [("a-202610", ["a-20261003", "a-20261004"])]


def test_a_new_file_holds_no_more_than_the_limit() -> None:
    files = [(f"a-202610{day:02}", 300) for day in range(1, 9)]
    assert [len(names) for _, names in planned(*files)] == [3, 3, 2]


NAMES = st.builds(
    lambda site, day, number: f"{site}-202610{day:02}" + (f"-{number}" if number > 1 else ""),
    st.sampled_from(["a", "b_c"]),
    st.integers(1, 31),
    st.integers(1, 3),
)


@given(st.dictionaries(NAMES, st.integers(1, 1200), max_size=40), st.integers(2, 2000))
def test_no_file_is_merged_twice_and_none_is_over_the_limit(files: dict[str, int], limit: int) -> None:
    sizes = [(Path(f"{name}.warc.gz"), size) for name, size in files.items()]
    plan = plan_merges(sizes, before=BEFORE, limit=limit)
    merged = [path for each in plan for path in each.sources]
    assert len(merged) == len(set(merged))
    for each in plan:
        assert each.length <= limit
        assert len(each.sources) > 1
        assert {month_stem(path.name) for path in each.sources} == {each.stem}
        days = [day_in(path.name) for path in each.sources]
        assert days == sorted(days, key=str)
    assert (
        plan_merges(((path, size) for path, size in sizes if path not in merged), before=BEFORE, limit=limit) == []
        or plan
    )
