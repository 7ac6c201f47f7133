"""The JSON API over HTTP: what it answers, how its lists go on, ETags; and requests made from its own document."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.running import environment
from tests.support.web.reader_archive import EDITED, GONE, REMOVED
from tests.support.web.served import Served


def walked(reader: Served, path: str, key: str, **asked: str) -> list[Any]:
    """All entries of a list, page after page."""
    entries: list[Any] = []
    answer = reader.find(path, **asked).json
    while True:
        entries += answer[key]
        if answer["next"] is None:
            return entries
        answer = reader.find(path, **asked, cursor=answer["next"]).json


def test_lists_go_on_with_a_cursor_and_give_each_entry_once(reader: Served, ids: dict[str, int]):
    shown = {number for url, number in ids.items() if url != REMOVED}
    articles = [each["id"] for each in walked(reader, "/api/v1/articles", "articles", limit="7")]
    assert len(articles) == len(set(articles))
    assert set(articles) == shown
    dates = [each["published_at"] for each in walked(reader, "/api/v1/articles", "articles", limit="100")]
    assert dates == sorted(dates, reverse=True)
    hits = [each["id"] for each in walked(reader, "/api/v1/search", "hits", q="المدينة", limit="9")]
    assert len(hits) == len(set(hits)) == reader.find("/api/v1/search", q="المدينة").json["total"]
    edits = walked(reader, "/api/v1/edits", "edits", limit="1")
    assert [(each["article_id"], each["classes"][0]) for each in edits] == [
        (ids[GONE], "gone"),
        (ids[EDITED], "headline"),
    ]


def test_an_article_its_versions_their_difference_and_its_captures(reader: Served, ids: dict[str, int]):
    path = f"/api/v1/articles/{ids[EDITED]}"
    article, versions = reader.ask(path).json, reader.ask(f"{path}/versions").json["versions"]
    assert [each["number"] for each in versions] == [1, 2]
    assert versions[1]["content_sha256"] == article["content_sha256"]
    assert reader.ask(f"{path}/versions/1").json["text"] != article["text"]
    changed = reader.ask(f"{path}/diff?from=1&to=2").json
    assert changed["changed"] == ["headline", "body"]
    assert "".join(each["text"] for each in changed["text"] if each["op"] != "delete") == article["text"]
    captures = reader.ask(f"{path}/captures").json["captures"]
    assert [each["version"] for each in captures] == [1, 2]
    assert {site["name"] for site in reader.ask("/api/v1/sites").json["sites"]} == {"example"}
    assert len(reader.ask("/api/v1/runs").json["runs"]) == 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("articles/999", 404),
        ("articles/x", 422),
        ("search?q=-a", 400),
        ("search", 422),
        ("articles?cursor=x", 400),
        ("edits?cursor=W10", 400),
        ("search?q=a&from=2026-13-01", 400),
        ("nothing", 404),
        ("articles?limit=1000", 422),
    ],
)
def test_errors_are_json_that_says_what_is_wrong(reader: Served, path: str, status: int):
    answer = reader.ask(f"/api/v1/{path}")
    assert answer.status == status
    assert answer.json["error"]


def test_what_was_taken_down_is_410(reader: Served, ids: dict[str, int]):
    for rest in ("", "/versions", "/versions/1", "/diff?from=1&to=2", "/captures"):
        assert reader.ask(f"/api/v1/articles/{ids[REMOVED]}{rest}").status == 410


def test_a_client_that_has_the_answer_is_told_so(reader: Served):
    first = reader.ask("/api/v1/sites")
    again = reader.ask("/api/v1/sites", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert reader.ask("/api/v1/sites", If_None_Match='"other"').status == 200


@pytest.mark.slow
def test_requests_made_from_the_document_meet_no_fault_and_no_other_answer(reader: Served, tmp_path: Path):
    (tmp_path / "schemathesis.toml").write_text(
        "[checks.positive_data_acceptance]\n"
        'expected-statuses = ["2xx", "400", "404", "410"]\n'  # words that make no query, days that do not exist
    )
    arguments = ("run", f"{reader.url}api/v1/openapi.json", "--max-examples", "60", "--seed", "1", "--no-color")
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *arguments],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_facets_count_what_the_search_finds(reader: Served):
    report = reader.find("/api/v1/facets", q="المدينة").json
    assert report["total"] == reader.find("/api/v1/search", q="المدينة").json["total"]
    assert set(report["facets"]) == {"section", "author", "tag", "site", "country", "agency", "month"}
    for each in report["facets"]["section"]:
        narrowed = reader.find("/api/v1/search", q="المدينة", section=each["value"]).json
        assert narrowed["total"] == each["count"]
    assert reader.find("/api/v1/facets").json["total"] >= report["total"]
    assert set(reader.ask("/api/v1/facets?by=tag&by=month").json["facets"]) == {"tag", "month"}
    assert reader.ask("/api/v1/facets?by=nothing").status == 422
