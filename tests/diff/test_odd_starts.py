"""Differences of texts that begin with a mark, and of paragraphs that moved with a small change."""

from storage.diff.word_diff import compare


def test_a_text_may_begin_with_the_mark_of_a_decimal() -> None:
    assert [(each.op, each.text) for each in compare(".5 أمس", ".6 أمس")] == [
        ("equal", "."), ("delete", "5"), ("insert", "6"), ("equal", " أمس"),
    ]  # fmt: skip


def test_a_paragraph_that_moved_with_a_small_change_is_marked_as_moved() -> None:
    parts = [f"الفقرة رقم {name} من هذا الخبر الطويل" for name in ("ألف", "باء", "جيم", "دال", "هاء")]
    moved = [parts[0], *parts[2:], f"{parts[1]}."]
    changed = [each for each in compare("\n\n".join(parts), "\n\n".join(moved)) if each.op != "equal"]
    assert [(each.op, each.text.strip(), each.moved) for each in changed] == [
        ("delete", parts[1], True), ("insert", f"{parts[1]}.", True),
    ]  # fmt: skip
