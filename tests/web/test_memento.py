"""Memento (RFC 7089) as a client asks for it: TimeGate, TimeMap, and captured pages that can do nothing."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from storage.web.views.memento_links import Memento, nearest
from tests.support.small_archive import HOME, NOW
from tests.support.web.reader_archive import EDITED, HOSTILE, REMOVED
from tests.support.web.served import Answer, Served

FIRST, LAST = NOW + timedelta(seconds=1), NOW + timedelta(hours=14, seconds=1)


def dated(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def relations(answer: Answer) -> dict[str, str]:
    return {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="([^"]+)"', answer.headers.get("link") or answer.text)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, LAST),
        (FIRST - timedelta(days=900), FIRST),
        (FIRST, FIRST),
        (FIRST + timedelta(hours=3), FIRST),
        (LAST - timedelta(hours=3), LAST),
        (LAST + timedelta(days=900), LAST),
    ],
    ids=["no date", "before the first", "the first", "nearer to the first", "nearer to the last", "after the last"],
)
def test_the_time_gate_leads_to_the_nearest_capture(reader: Served, asked: datetime | None, expected: datetime):
    headers = {"Accept_Datetime": dated(asked)} if asked else {}
    for method in ("GET", "HEAD"):
        gate = reader.ask(f"/timegate/{EDITED}", method, **headers)
        assert gate.status == 302
        assert "accept-datetime" in gate.headers["vary"].lower()
        assert "memento-datetime" not in gate.headers
        links = relations(gate)
        assert links["original"] == EDITED
        assert {"first memento", "last memento", "timemap", "timegate"} <= set(links)
        assert gate.headers["location"] in links.values()
    memento = reader.ask(gate.headers["location"].removeprefix(reader.url.rstrip("/")))
    assert memento.status == 200
    assert memento.headers["memento-datetime"] == dated(expected)
    assert relations(memento)["original"] == EDITED
    assert ("المحادثات" in memento.text) == (expected == LAST)


def test_the_time_map_lists_every_capture(reader: Served):
    answer = reader.ask(f"/timemap/link/{EDITED}")
    assert answer.headers["content-type"].startswith("application/link-format")
    assert set(relations(answer)) == {"original", "self", "timegate", "first memento", "last memento"}
    assert dated(FIRST) in answer.text
    assert f'until="{dated(LAST)}"' in answer.text


def test_what_is_not_there_was_taken_down_or_is_no_date(reader: Served):
    for path in ("timegate", "timemap/link"):
        assert reader.ask(f"/{path}/{HOME}/nothing").status == 404
        assert reader.ask(f"/{path}/1").status == 404
        assert reader.ask(f"/{path}/{REMOVED}").status == 410
    for wrong in ("yesterday", "2026-05-07", "Thu, 99 May 2026 08:00:00 GMT"):
        assert reader.ask(f"/timegate/{EDITED}", Accept_Datetime=wrong).status == 400


def test_a_captured_page_has_an_origin_of_its_own_and_loads_nothing(reader: Served, ids: dict[str, int]):
    for number in range(1, len(HOSTILE) + 1):
        gate = reader.ask(f"/timegate/{HOME}/hostile/{number}")
        answer = reader.ask(gate.headers["location"].removeprefix(reader.url.rstrip("/")))
        policy = answer.headers["content-security-policy"]
        assert policy.split(";")[0] == "sandbox"
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert HOSTILE[number - 1] in answer.text
    assert reader.ask(f"/articles/{ids[REMOVED]}/captures/1/page").status == 410


def test_of_two_captures_equally_far_the_earlier_is_nearest():
    one, two = (Memento(NOW + timedelta(hours=hours), str(hours)) for hours in (0, 2))
    assert nearest([one, two], NOW + timedelta(hours=1)) == one
    assert nearest([one, two], None) == two
