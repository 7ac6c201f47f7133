"""Datelines, and labels with a relative date."""

import pytest

from crawler.dates.dateline import is_dateline, is_label, is_relative


@pytest.mark.parametrize(
    ("line", "of_date", "of_relative"),
    [
        ("قبل 3 أيام", True, True),
        ("سالم علي | أمس", False, True),
        ("7 مايو 2025", True, False),
        ("قبل 3 أيام من الافتتاح", False, False),
        ("سالم علي", False, False),
        ("120 | 2025", False, False),
    ],
)
def test_a_line_holds_a_date_alone_or_beside_other_labels(line: str, of_date: bool, of_relative: bool) -> None:
    assert (is_dateline(line), is_relative(line)) == (of_date, of_relative)


def test_a_dateline_is_no_longer_than_seventy_letters() -> None:
    line = "آخر تحديث: الأربعاء 7 مايو 2025".ljust(70, "،")
    assert is_dateline(line)
    assert not is_dateline(f"{line}،")


@pytest.mark.parametrize(("line", "is_one"), [("سالم علي 7 مايو 2025", True), ("وقع ذلك يوم 7 مايو 2025.", False)])
def test_a_sentence_about_a_day_is_no_label(line: str, is_one: bool) -> None:
    assert is_label(line) == is_one
