"""Figures that are kept for a moment: computed once for many requests, and again when they are old."""

import threading
import time

import pytest

from storage.web.recent_values import RecentValues


def test_one_computes_and_all_have_it():
    calls: list[int] = []
    begun = threading.Event()

    def compute() -> int:
        calls.append(1)
        begun.wait(5)
        return len(calls)

    values = RecentValues()
    given: list[int] = []
    threads = [threading.Thread(target=lambda: given.append(values.get("a", compute))) for _ in range(20)]
    for thread in threads:
        thread.start()
    begun.set()
    for thread in threads:
        thread.join(10)
    assert given == [1] * 20
    assert values.get("b", lambda: "other") == "other"


def test_while_an_old_value_is_computed_again_others_get_it():
    values = RecentValues(kept_s=0.0)
    assert values.get("a", lambda: 1) == 1
    inside, leave = threading.Event(), threading.Event()

    def slow() -> int:
        inside.set()
        leave.wait(10)
        return 2

    thread = threading.Thread(target=lambda: values.get("a", slow))
    thread.start()
    assert inside.wait(10)
    assert values.get("a", lambda: 3) == 1, "it neither waits nor computes"
    leave.set()
    thread.join(10)
    assert values.get("a", lambda: 4) == 4


def test_an_error_is_not_kept():
    values = RecentValues()
    with pytest.raises(ZeroDivisionError):
        values.get("a", lambda: 1 // 0)
    assert values.get("a", time.monotonic) > 0
