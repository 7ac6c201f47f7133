"""Equal words between two changes: chance where both changes are longer, a hold for the eye where one is short."""

from storage.diff.word_diff import compare


def operations(old: str, new: str) -> list[tuple[str, str]]:
    return [(each.op, each.text.strip()) for each in compare(old, new)]


def test_equal_words_beside_one_short_change_stay_equal() -> None:
    old = "قال وزير المالية المصري أعلنت الشركة القابضة نتائجها"
    new = "ذكر وزير المالية المصري كشفت المؤسسة الوطنية أرقامها"
    assert ("equal", "وزير المالية المصري") in operations(old, new)


def test_equal_words_before_a_short_change_stay_equal() -> None:
    old = "أعلنت الشركة القابضة نتائجها وزير المالية المصري قال"
    new = "كشفت المؤسسة الوطنية أرقامها وزير المالية المصري ذكر"
    assert ("equal", "وزير المالية المصري") in operations(old, new)


def test_equal_words_between_two_longer_changes_are_part_of_them() -> None:
    old = "أعلنت الشركة القابضة وزير المال نتائجها السنوية أمس"
    new = "كشفت المؤسسة الوطنية وزير المال أرقامها الفصلية غدا"
    assert [op for op, _ in operations(old, new)] == ["delete", "insert"]


def test_a_change_that_only_inserts_leaves_the_words_beside_it_equal() -> None:
    old = "بيروت وزير المالية أعلنت الشركة القابضة"
    new = "بيروت كشفت مصادر صحفية أمس وزير المالية نشرت المؤسسة الوطنية"
    assert ("equal", "وزير المالية") in operations(old, new)
