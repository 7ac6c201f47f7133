"""Labelled stories: wholly, partly and not, the source and the first publisher are told, and none was fitted to."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from storage.similar import PublishedText, cluster, compare
from tests.support.wire_stories.scores import RELATIONS, Score
from tests.support.wire_stories.stories import labelled_stories


@pytest.mark.parametrize("half", ["developed", "held_out"])
def test_wholly_partly_and_not_are_told_in_stories_of_many_styles(half: str) -> None:
    score = Score()
    for seed in range(11, 15):
        score.add(labelled_stories(half, seed))
    assert score.decided.total() > 300
    assert {relation: score.f1(relation) for relation in RELATIONS if score.f1(relation) < 0.95} == {}, score.wrong
    assert score.firsts[True] >= 0.95 * score.firsts.total()
    assert score.sources[True] >= 0.95 * score.sources.total()


def test_updates_with_new_figures_are_copies_and_other_days_are_not() -> None:
    kinds: Counter[str] = Counter()
    for half in ("developed", "held_out"):
        stories = labelled_stories(half, 7)
        wires = {each.id: each.text for each in stories if each.kind == "source"}
        kinds.update(each.kind for each in stories)
        for each in stories:
            if each.kind in ("update", "template"):
                copied = compare(each.text, wires[each.first]).relation in ("wholly", "partly")
                assert copied == (each.kind == "update"), each.text
    assert min(kinds[kind] for kind in ("update", "template", "merged", "quote-only", "house-style")) >= 4


def test_labelled_wire_stories_have_at_most_one_error_beside_whole_rewrites(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "facts/wire.jsonl").read_text(encoding="utf-8").splitlines()]
    given = [PublishedText(r["id"], r["text"], datetime.fromisoformat(r["published_at"]), r["agency"]) for r in rows]
    copies = {each.id: each for each in cluster(given)}
    wrong = [
        row["id"]
        for row in rows
        if row["kind"] != "heavy-rewrite"
        and (copies[row["id"]].relation if copies[row["id"]].source else "not") != row["derivation"]
    ]
    assert len(wrong) <= 1, wrong
    sources = {row["id"]: row["of"] for row in rows if row["of"] and row["kind"] != "heavy-rewrite"}
    assert {each: copies[each].source for each in sources} == sources
