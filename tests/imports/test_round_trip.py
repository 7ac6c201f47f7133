"""What one archive exports another takes in, and exports the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.records import Article, Capture
from storage.search.engine import search
from tests.support.imports.text_files import NOW, exported, own_record, take, without_own, write_lines
from tests.support.running import warraq
from tests.support.small_archive import HOME, fill


@pytest.fixture(params=["sqlite to postgres", "postgres to sqlite"])
def pair(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> Iterator[tuple[Archive, Archive]]:
    """Two empty archives, of one engine each."""
    with Archive.open(tmp_path / "lite") as lite, Archive.open(tmp_path / "server", postgres_url) as server:
        yield (lite, server) if request.param.startswith("sqlite") else (server, lite)


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_an_export_imported_into_another_database_is_exported_the_same(
    pair: tuple[Archive, Archive], tmp_path: Path, suffix: str
) -> None:
    first, second = pair
    fill(first)
    path = tmp_path / f"out{suffix}"
    before = exported(first, path)
    assert {each["status"] for each in before} == {"live", "gone"}
    done = take(second, path)
    after = exported(second, tmp_path / "again.jsonl")
    assert (done.articles, done.known, done.format) == (len(before), 0, "warraq")
    assert without_own(after) == without_own(before)
    assert {each["imported_from"] for each in after} == {"warraq"}
    assert {each["imported_from"] for each in before} == {None}
    done = take(second, path, now=NOW + timedelta(days=1))
    assert (done.articles, done.changed, done.known) == (0, 0, len(before))
    assert exported(second, tmp_path / "third.jsonl") == after


@pytest.mark.slow
def test_a_made_archive_of_many_articles_is_exported_the_same_by_the_commands(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "one.jsonl", *(own_record(number) for number in range(300)))
    with Archive.open(tmp_path / "one") as one:
        take(one, path, "warraq")
    for at in ("one", "two"):
        if at == "two":
            ran = warraq("import", "one.jsonl.gz", "--archive", "two", "--json", cwd=tmp_path)
            assert (ran.code, ran.json["results"][0]["articles"]) == (0, 300), ran.err
        ran = warraq(
            "export", f"{at}.jsonl.gz", "--ignore-reservations", "--fields", "-id,-version,-versions,-cluster,-imported_from",
            "--archive", at, cwd=tmp_path,
        )  # fmt: skip
        assert ran.code == 0, ran.err
        if at == "one":  # with every field, as people export
            warraq("export", "full.jsonl.gz", "--ignore-reservations", "--archive", at, cwd=tmp_path)
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
    ran = warraq("import", "full.jsonl.gz", "--archive", "two", "--json", cwd=tmp_path)
    assert ran.json["results"][0]["known"] == 300
    assert warraq("verify", "--archive", "two", cwd=tmp_path).code == 0


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
some = st.none() | words.filter(bool)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones)
dated = st.one_of(
    st.tuples(st.none(), st.none(), st.none(), st.none()),
    st.tuples(
        instants,
        words.filter(bool),
        st.sampled_from(["second", "minute", "day", "month"]),
        st.sampled_from(["json-ld", "url"]),
    ),
)
lists = st.lists(words, max_size=3).map(tuple)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    published = dict(zip(
        ("published_at", "published_raw", "published_precision", "published_source"), draw(dated), strict=True
    ))  # fmt: skip
    return Article(
        f"{HOME}/{draw(st.integers(1, 5))}",
        "example",
        draw(words.filter(str.strip)),
        draw(words.filter(str.strip)),
        **{name: draw(some) for name in ("subtitle", "agency", "section", "language", "description", "image")},
        **{name: draw(lists) for name in ("authors", "categories", "tags", "reservations")},
        **published,
        modified_at=draw(st.none() | instants),
        extractor="plain 1",
    )


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(article=articles(), gone=st.booleans())
def test_whatever_its_fields_an_article_is_exported_the_same(
    tmp_path_factory: pytest.TempPathFactory, article: Article, gone: bool
) -> None:
    folder = tmp_path_factory.mktemp("law")
    at = datetime(2026, 5, 7, 8, tzinfo=UTC)
    with Archive.open(folder / "one") as one, Archive.open(folder / "two") as two:
        one.add_site("example", HOME, None, "EG", "Africa/Cairo")
        run_id = one.start_run("example", now=at)
        capture = Capture(article.url, "example", at, 200, (("Content-Type", "text/html"),), b"page")
        position = one.append(capture, run_id)
        one.save(capture, position, run_id=run_id, kind="article", article=article, now=at)
        one.finish_run(run_id, status="done", now=at, requests=1)
        before = exported(one, folder / "one.jsonl")
        if gone:
            before[0]["status"] = "gone"
            (folder / "one.jsonl").write_bytes((folder / "one.jsonl").read_bytes().replace(b'"live"', b'"gone"'))
        assert take(two, folder / "one.jsonl").articles == 1
        assert without_own(exported(two, folder / "two.jsonl")) == without_own(before)


def test_an_imported_article_is_found_by_its_words(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "one") as one, Archive.open(tmp_path / "two") as two:
        fill(one)
        exported(one, tmp_path / "one.jsonl")
        take(two, tmp_path / "one.jsonl")
        assert [hit.url for hit in search(two.engine, "معدل").hits] == []
        assert {hit.url for hit in search(two.engine, "عنوان").hits} == {f"{HOME}/1"}
