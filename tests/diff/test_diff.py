import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.diff.alignment import StepBudget, align
from storage.diff.word_diff import Segment, compare
from tests.support.archives import NOW, article, capture, save
from tests.support.running import warraq

D, I, E = "delete", "insert", "equal"  # noqa: E741


def short(old: str, new: str) -> list[tuple[str, str]]:
    return [(each.op, each.text) for each in compare(old, new)]


def sides(segments: list[Segment]) -> tuple[str, str]:
    old = "".join(each.text for each in segments if each.op != "insert")
    new = "".join(each.text for each in segments if each.op != "delete")
    return old, new


def test_a_word_that_was_replaced_stands_between_what_stayed() -> None:
    assert short("قال وزير الخارجية أمس", "قال وزير الداخلية أمس") == [
        (E, "قال وزير"), (D, " الخارجية"), (I, " الداخلية"), (E, " أمس"),
    ]  # fmt: skip


def test_words_are_matched_in_any_spelling_and_shown_as_written() -> None:
    segments = compare("الأمم المتحدة تعلن", "الامم المتحدة تعلن")
    assert segments == [
        Segment("delete", "الأمم", small=True),
        Segment("insert", "الامم", small=True),
        Segment("equal", " المتحدة تعلن"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("قال الوزير إنه", "قال الوزير، إنه"),
        ("قال: نعم", "قال؛ نعم"),
        ("قال الوزير", "قال\n\nالوزير"),
        ("نص أول\n\nنص ثان", "نص أول\nنص ثان"),
        ("عبد الله هنا", "عبدالله هنا"),
        ("كُتِبَ", "كتب"),
    ],
)
def test_small_changes_are_marked(old: str, new: str) -> None:
    segments = compare(old, new)
    assert sides(segments) == (old, new)
    changed = [each for each in segments if each.op != "equal"]
    assert changed
    assert all(each.small for each in changed)


def test_a_number_that_changed_is_no_small_change() -> None:
    assert [each.small for each in compare("ارتفع 5% أمس", "ارتفع 50% أمس") if each.op != "equal"] == [False, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.8", "0.9"), ("١٢٫٥", "١٢٫٧"), ("12:30", "12:45"), ("1,200", "1,300"), ("28/10/2025", "29/10/2025")],
)
def test_a_number_is_one_word_with_what_parts_its_digits(old: str, new: str) -> None:
    changed = [segment for segment in compare(f"أغلق عند {old} أمس.", f"أغلق عند {new} أمس.") if segment.op != "equal"]
    assert [segment.text.strip() for segment in changed] == [old, new]


def test_a_mark_after_a_number_is_no_part_of_it() -> None:
    assert short("كانوا 20. وعاد 5", "كانوا 20، وعاد 5")[1:3] == [(D, "."), (I, "،")]


@pytest.mark.parametrize(
    ("old", "new"), [("درجة -5 اليوم", "درجة 5 اليوم"), ("-5 اليوم", "5 اليوم"), ("بلغت (-٥) أمس", "بلغت (٥) أمس")]
)
def test_a_minus_is_part_of_its_number_and_no_small_change(old: str, new: str) -> None:
    segments = compare(old, new)
    assert sides(segments) == (old, new)
    assert [each.small for each in segments if each.op != "equal"] == [False, False]


def test_a_dash_within_a_name_or_a_span_is_no_minus() -> None:
    assert [each.small for each in compare("كوفيد-19", "كوفيد 19") if each.op != "equal"] == [True, True]
    assert short("بين 5-10 أيام", "بين 5-20 أيام") == [(E, "بين 5-"), (D, "10"), (I, "20"), (E, " أيام")]


def test_white_space_that_changed_is_told_apart_from_the_word_after_it() -> None:
    assert short("قال الوزير", "قال\n\nالوزير") == [(E, "قال"), (D, " "), (I, "\n\n"), (E, "الوزير")]


def test_a_paragraph_that_was_added_leaves_the_others_equal() -> None:
    one, two, three = "الفقرة الأولى من الخبر", "الفقرة الثانية من الخبر", "ثالثة"
    assert short(f"{one}\n\n{two}", f"{one}\n\n{three}\n\n{two}") == [
        (E, one), (I, f"\n\n{three}"), (E, f"\n\n{two}"),
    ]  # fmt: skip
    # What opened the text now follows a blank line; the paragraph itself is equal.
    assert short(one, f"{three}\n\n{one}") == [(I, f"{three}\n\n"), (E, one)]


def test_a_paragraph_that_moved_is_marked_and_not_cut_into_words() -> None:
    parts = [f"الفقرة رقم {name} من هذا الخبر الطويل" for name in ("ألف", "باء", "جيم", "دال", "هاء")]
    moved = [parts[0], parts[2], parts[3], parts[4], parts[1]]
    segments = compare("\n\n".join(parts), "\n\n".join(moved))
    assert [(each.op, each.text.strip(), each.moved) for each in segments if each.op != "equal"] == [
        ("delete", parts[1], True), ("insert", parts[1], True),
    ]  # fmt: skip


def test_equal_words_by_chance_do_not_break_up_a_rewritten_sentence() -> None:
    old = "أعلنت الشركة القابضة نتائجها السنوية في اجتماع عام"
    new = "كشفت المؤسسة الوطنية أرقامها الفصلية في لقاء صحفي"
    assert [op for op, _ in short(old, new)] == [D, I]


def test_nothing_is_deleted_from_or_inserted_into_nothing() -> None:
    assert compare("", "") == []
    assert short("", "نص") == [(I, "نص")]
    assert short("نص", "") == [(D, "نص")]


def test_json_names_only_what_is_true() -> None:
    assert [each.as_json() for each in compare("أ ب", "ا ب")] == [
        {"op": "delete", "text": "أ", "small": True},
        {"op": "insert", "text": "ا", "small": True},
        {"op": "equal", "text": " ب"},
    ]


WORDS = st.lists(
    st.sampled_from(
        [
            "قال",
            "الوزير",
            "أمس",
            "امس",
            "،",
            "\n\n",
            "\n",
            "  ",
            "في",
            "في,",
            "﷽",
            "x\ue000",
            "5",
            "%",
            "-5",
            "\x00",
            "\ud800",
        ]
    ),
    max_size=40,
)


@settings(max_examples=300)
@given(WORDS, WORDS, st.sampled_from(["", " "]))
def test_both_texts_can_be_read_from_their_difference(old: list[str], new: list[str], glue: str) -> None:
    before, after = glue.join(old), glue.join(new)
    segments = compare(before, after)
    assert sides(segments) == (before, after)
    assert all(each.text for each in segments)
    assert all(each.op != "equal" for each in segments) or before
    assert compare(before, before) == ([Segment("equal", before)] if before else [])


@given(st.text(), st.text())
def test_any_two_texts_have_a_difference(old: str, new: str) -> None:
    assert sides(compare(old, new)) == (old, new)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_an_alignment_is_of_equal_items_in_order(old: list[int], new: list[int]) -> None:
    low = left = 0
    for block in align(old, new, StepBudget()):
        assert block.old_start >= low
        assert block.new_start >= left
        low, left = block.old_start + block.length, block.new_start + block.length
        assert old[block.old_start : low] == new[block.new_start : left]
    assert (low, left) <= (len(old), len(new))


def test_an_alignment_without_rare_items_is_a_longest_one() -> None:
    old, new = list("ababab" * 3), list("bababa" * 3)
    assert sum(block.length for block in align(old, new, StepBudget())) == 17


KINDS = ("words", "one paragraph", "letters", "blanks", "punctuation", "paragraphs")


@pytest.mark.parametrize("kind", KINDS)
def test_any_text_takes_bounded_time(kind: str) -> None:
    takes(kind, 100_000, limit_s=10)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_five_megabytes_take_bounded_time(kind: str) -> None:
    takes(kind, 2_500_000, limit_s=60)


def takes(kind: str, size: int, *, limit_s: float) -> None:
    """size: in characters, of two bytes each."""
    makers = {
        "words": lambda seed: " ".join(f"كلمة{number * seed % 99_991}" for number in range(size // 10)),
        "one paragraph": lambda seed: " ".join(
            ["قال", "الوزير", "أمس", "في", "بيان"][(number * number) % (3 + seed) % 5] for number in range(size // 6)
        ),
        "letters": lambda seed: "ا ب " * (size // 4) + str(seed),
        "blanks": lambda seed: " " * size + str(seed),
        "punctuation": lambda seed: "،." * (size // 2) + str(seed),
        "paragraphs": lambda seed: "\n\n".join("أ" * (number * seed % 7) for number in range(size // 8)),
    }
    old, new = makers[kind](1), makers[kind](2)
    began = time.process_time()
    segments = compare(old, new)
    took = time.process_time() - began
    assert sides(segments) == (old, new)
    assert took < limit_s, f"{took:.1f} s"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Article 1 has three versions: another number and a new paragraph, then a hamza and a tag; article 2 has one."""
    texts = (
        "سجلت 15 إصابة أمس.\n\nانتهى",
        "سجلت 25 إصابة أمس.\n\nانتهى\n\nفقرة جديدة",
        "سجلت 25 اصابة أمس.\n\nانتهى\n\nفقرة جديدة",
    )
    with Archive.open(tmp_path / "archive") as opened:
        opened.add_site("example", "https://example.com", None, None, "UTC")
        run_id = opened.start_run("example", now=NOW)
        for minutes, text in enumerate(texts):
            tags = ("صحة", "عدوى") if minutes == 2 else ("صحة",)
            save(opened, run_id, capture(minutes=minutes), article(body=text, title="خبر", tags=tags))
        save(opened, run_id, capture("https://example.com/2"), article("https://example.com/2"))
    return tmp_path


def test_the_command_marks_words_where_there_is_no_colour(archive: Path) -> None:
    ran = warraq("diff", "1", "1", "2", cwd=archive)
    assert ran.code == 0, ran.err
    plain = ran.out.replace("\u200f", "")
    assert "سجلت [-15-] {+25+} إصابة أمس." in plain
    assert "{+فقرة جديدة+}" in plain
    assert "1 paragraph unchanged" in plain
    assert "changed: body; words: 1 deleted, 3 inserted" in plain


def test_the_command_shows_the_latest_change_and_says_that_it_is_small(archive: Path) -> None:
    ran = warraq("diff", "https://www.example.com/news/1/", cwd=archive)
    assert "version 2, seen" in ran.out
    assert "changed: small, metadata" in ran.out
    assert warraq("diff", "1", "2", cwd=archive).out.count("version 1, seen") == 1


def test_the_command_colours_words_on_a_terminal(archive: Path) -> None:
    ran = warraq("diff", "1", "1", "2", "--all", cwd=archive, FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[9;31m 15" in ran.out
    assert "\x1b[4;32m 25" in ran.out
    assert "[-" not in ran.out.replace("\x1b[", "")
    assert "انتهى" in ran.out


def test_the_command_gives_segments_as_json(archive: Path) -> None:
    report = warraq("diff", "1", "2", "3", "--json", cwd=archive).json
    assert (report["id"], report["old"]["number"], report["new"]["number"]) == (1, 2, 3)
    assert report["changed"] == ["small", "metadata"]
    assert report["metadata"] == {"tags": [["صحة"], ["صحة", "عدوى"]]}
    assert {"op": "insert", "text": " اصابة", "small": True} in report["text"]
    assert report["title"] == [{"op": "equal", "text": "خبر"}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2"], "one version"),
        (["1", "1"], "is the first"),
        (["1", "1", "9"], "versions 1 to 3"),
        (["1", "9" * 20], "versions 1 to 3"),
        (["7"], "no article"),
        (["9" * 20], "no article"),
    ],
)
def test_what_can_not_be_compared_is_told(archive: Path, arguments: list[str], message: str) -> None:
    ran = warraq("diff", *arguments, cwd=archive)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_history_names_the_class_of_each_change(archive: Path) -> None:
    versions = warraq("history", "1", "--json", cwd=archive).json
    assert [each["changed"] for each in versions] == [[], ["body"], ["small", "metadata"]]
