"""Whole rewrites are listed as related: never as copies, and nothing else is listed much."""

import json
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.queries.similar_articles import related_to
from storage.similar import copy_log
from storage.similar.comparable_text import comparable
from storage.similar.related import MOST, related
from tests.support.archives import NOW, article, capture, save
from tests.support.rooms.similar import id_of, save_stories, url_of
from tests.support.running import warraq
from tests.support.wire_stories.stories import labelled_stories

WIRE = (
    "وقّع وزير الطاقة خليل العزاوي في نوران اتفاقا مع بالاتيا لمد أنبوب للغاز الطبيعي طوله 740 كيلومترا.\n\n"
    "وقال العزاوي إن الأنبوب يضخ ستة مليارات متر مكعب، وإن رسوم العبور كانت سبب توقف المفاوضات قبل أعوام."
)
REWRITTEN = (
    "شريان من الفولاذ سيحمل غاز حقول نوران إلى مدن بالاتيا، بعد قطيعة كانت رسوم عبورها عقدة المفاوضات كلها.\n\n"
    "العزاوي رأى فيه ضمانة للسلم قبل أن يكون صفقة، فالأنبوب الطويل يحتاج إلى مليارات من الأمتار من الغاز."
)
STORIES = labelled_stories("developed", 3)


@pytest.mark.slow
def test_a_whole_rewrite_is_related_and_no_copy(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        at = STORIES[0].published_at
        save_stories(archive, run_id, STORIES)
        for name, text in (("wire", WIRE), ("rewritten", REWRITTEN)):
            page = capture(url_of(name), minutes=len(name))
            read = article(page.url, text, published_at=at, published_precision="minute", published_source="meta")
            save(archive, run_id, page, read)
        copy_log.catch_up(archive.engine)
        near = related_to(archive.engine, url_of("rewritten"))
        assert near[0]["id"] == id_of(archive, "wire")
        assert len(near) <= MOST
        copied = next(each for each in STORIES if each.kind == "verbatim")
        listed = {each["url"] for each in related_to(archive.engine, url_of(copied.id))}
        assert url_of(copied.first) not in listed, "its copies are told above the list"
        assert related_to(archive.engine, 999_999) == []
    ran = warraq("similar", url_of("rewritten"), "--json", "--archive", str(folder), cwd=tmp_path)
    assert (ran.json["relation"], ran.json["copies"]) == ("none", [])
    assert ran.json["related"][0]["url"] == url_of("wire")
    assert "related" in warraq("similar", url_of("rewritten"), "--archive", str(folder), cwd=tmp_path).out


def test_labelled_whole_rewrites_are_listed_among_other_news(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "facts/wire.jsonl").read_text(encoding="utf-8").splitlines()]
    others = [*STORIES, *labelled_stories("held_out", 3)]
    stems = {f"invented {number}": comparable(each.text).stems for number, each in enumerate(others)}
    stems |= {each["id"]: comparable(each["text"]).stems for each in rows}
    stories = {each["id"]: each["story"] for each in rows}
    rewrites = [each for each in rows if each["kind"] == "heavy-rewrite"]
    assert rewrites
    for each in rewrites:
        rest = {name: given for name, given in stems.items() if name != each["id"]}
        names = [name for name, _ in related(stems[each["id"]], rest)]
        assert names, each["id"]
        assert {stories.get(name) for name in names[:3]} == {each["story"]}


def test_texts_without_common_stems_are_not_related() -> None:
    assert related(frozenset(), {}) == []
    assert related(frozenset("ابت"), {1: frozenset("ابت"), 2: frozenset()}) == []
