"""What is reported between two states of the articles that a search finds: laws over any history of them."""

from hypothesis import given
from hypothesis import strategies as st

from storage.watches.news import ArticleState, compare_states

STATES = st.dictionaries(
    st.integers(1, 6), st.builds(ArticleState, st.integers(1, 3), st.sampled_from(["live", "gone"])), max_size=6
)


@given(STATES, STATES, st.sets(st.integers(1, 6)))
def test_each_article_is_reported_once_and_only_where_it_is_there_and_differs(known, current, matching):
    items = compare_states(known, current, matching)
    reported = [item.article_id for item in items]
    assert reported == sorted(set(reported))
    for item in items:
        assert known.get(item.article_id) != current[item.article_id]
        assert item.matches == (item.article_id in matching)
    silent = set(current) - set(reported)
    assert all(known.get(each, current[each]) == current[each] for each in silent if each in known or each in matching)


@given(STATES, st.sets(st.integers(1, 6)))
def test_what_has_been_reported_is_no_news(current, matching):
    assert compare_states(current, current, matching & current.keys()) == []


def test_the_kinds():
    live, edited, gone = ArticleState(1, "live"), ArticleState(2, "live"), ArticleState(2, "gone")
    items = compare_states({2: live, 3: live, 4: gone, 5: live}, {1: live, 2: edited, 3: gone, 4: edited}, {1, 2, 9})
    assert [(item.article_id, item.kind, item.version_before, item.matches) for item in items] == [
        (1, "new", None, True),
        (2, "edited", 1, True),
        (3, "gone", 1, False),
        (4, "restored", 2, False),
    ]
