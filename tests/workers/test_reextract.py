"""Reading stored captures again: what is corrected, what is never replaced, and that it can be interrupted."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from crawler.extract import EXTRACTOR, extract
from crawler.workers.reextract_plan import PLAN, open_plan
from crawler.workers.reextraction import apply_plan, make_plan
from storage import queries
from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import amendments, articles, captures, labels, versions
from storage.queries.reextraction_queue import Choice
from storage.records import Article, Capture, Position, Reason
from storage.removal import erase_noted
from storage.rows import tombstones
from storage.search.engine import search
from storage.urls import url_key
from storage.warc.writer import read_capture
from storage.writing.corrections import Correction, Recovered, correct_all
from tests.support.archives import frontier, rows
from tests.support.newspapers.article_pages import FIRST, SECOND, SITE, THIRD, TITLE, WHOLE, page
from tests.support.rooms.reextraction import HTML, LATER, NOW, SITES, again, keep

POSITION = ("warc_file", "warc_offset", "warc_length", "digest")
URL_2 = "https://news.example/news/2"


def test_a_better_reading_corrects_the_version_in_place(archive: Archive) -> None:
    keep(archive, 1, text=f"{WHOLE}\n\nاقرأ أيضا: خبر آخر تماما", section="خطأ")
    keep(archive, 2)
    before = {row["id"]: row for row in rows(archive, articles)}
    findings = again(archive, processes=2)
    assert (findings.read, findings.corrected, findings.same) == (2, 1, 1)
    assert findings.fields == {"text": 1, "section": 1}
    first, second = rows(archive, articles, articles.c.id)
    assert (first["text"], first["section"], first["word_count"]) == (WHOLE, "اقتصاد", len(WHOLE.split()))
    assert (first["version"], first["extractor"], second["extractor"]) == (1, EXTRACTOR, EXTRACTOR)
    for row in (first, second):
        for name in ("first_seen_at", "last_seen_at", "status", "version"):
            assert row[name] == before[row["id"]][name]
    (version,) = (each for each in rows(archive, versions) if each["article_id"] == first["id"])
    assert (version["number"], version["seen_at"], version["text"]) == (1, NOW, WHOLE)
    assert version["content_sha256"] == first["content_sha256"]
    assert version["details"]["section"] == "اقتصاد"
    (note,) = rows(archive, amendments)
    assert (note["kind"], note["at"]) == ("reading", LATER)
    assert note["before"] == {"text": f"{WHOLE}\n\nاقرأ أيضا: خبر آخر تماما", "section": "خطأ", "extractor": "warraq 0"}
    assert "اقتصاد" in {row["folded"] for row in rows(archive, labels)}
    assert "خطا" not in {row["folded"] for row in rows(archive, labels)}
    assert search(archive.engine, "تماما").total == 0
    (entries,) = queries.history(archive.engine, first["id"])
    assert entries["changed"] == []
    assert [(each["kind"], sorted(each["fields"])) for each in entries["amendments"]] == [
        ("reading", ["section", "text"])
    ]


def test_doing_it_twice_changes_nothing_more(archive: Archive) -> None:
    keep(archive, 1, text="نص قديم")
    again(archive)
    before = [rows(archive, table) for table in (articles, versions, amendments)]
    findings = again(archive)
    assert (findings.read, findings.corrected, findings.same) == (1, 0, 1)
    assert [rows(archive, table) for table in (articles, versions, amendments)] == before


def test_a_dry_run_tells_and_changes_nothing(archive: Archive) -> None:
    keep(archive, 1, text="نص قديم")
    before = [rows(archive, table) for table in (articles, versions, captures)]
    findings = again(archive, dry=True)
    assert findings.corrected == 1
    (example,) = findings.examples
    assert (example["id"], example["number"]) == (1, 1)
    assert example["fields"] == {"text": ["نص قديم", WHOLE]}
    assert [rows(archive, table) for table in (articles, versions, captures)] == before
    assert not (archive.folder / PLAN).exists()


@pytest.mark.parametrize(
    "html",
    [
        page("<h1>404</h1><p>عذرا، الصفحة غير موجودة</p>"),
        page(""),
        "",
        page("<title>Just a moment...</title><div id='challenge-form'>Checking your browser</div>"),
    ],
    ids=["soft 404", "empty", "nothing", "blocked"],
)
def test_a_reading_without_an_article_never_replaces_a_text(archive: Archive, html: str) -> None:
    result = Article("https://news.example/news/1", "example", "عنوان", "نص كان هنا", extractor="warraq 0")
    capture = Capture(result.url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode())
    run_id = archive.start_run("example", now=NOW)
    position = archive.append(capture, run_id)
    archive.save(capture, position, run_id=run_id, kind="article", article=result, now=NOW)
    before = [rows(archive, table) for table in (articles, versions)]
    findings = again(archive)
    assert (findings.corrected, sum(findings.unread.values())) == (0, 1)
    assert [rows(archive, table) for table in (articles, versions)] == before


def test_an_earlier_version_is_corrected_and_the_article_stays(archive: Archive) -> None:
    keep(archive, 1, text="قراءة أولى")
    other = HTML.replace(SECOND, "")
    keep(archive, 1, other, minutes=60)
    article_before = rows(archive, articles)[0]
    findings = again(archive)
    assert findings.corrected == 1
    first, second = rows(archive, versions, versions.c.number)
    assert (first["text"], second["text"]) == (WHOLE, f"{FIRST}\n\n{THIRD}")
    (article,) = rows(archive, articles)
    assert article == article_before | {"extractor": EXTRACTOR}
    assert [each["changed"] for each in queries.history(archive.engine, 1)] == [[], ["body"]]


def test_a_field_that_another_capture_gave_is_not_taken_back(archive: Archive) -> None:
    keep(archive, 1, text="قراءة أولى", tags=("قديم",))
    with archive.engine.begin() as connection:  # as a later sighting, such as a feed, would leave it
        connection.execute(update(articles).values(tags=["من الخلاصة"], agency="وكالة"))
    again(archive)
    (article,) = rows(archive, articles)
    assert (article["tags"], article["agency"], article["text"]) == (["من الخلاصة"], "وكالة", WHOLE)


def test_a_capture_that_gave_no_article_can_give_one_now(archive: Archive) -> None:
    keep(archive, 1, reason=Reason.FAILED)
    keep(archive, 2, page("<p>لا شيء</p>"), reason=Reason.EMPTY)
    keep(archive, 3, status=500, reason=Reason.HTTP_ERROR)
    findings = again(archive)
    assert (findings.read, findings.recovered, findings.same) == (2, 1, 1)
    (article,) = rows(archive, articles)
    assert (article["text"], article["first_seen_at"], article["version"]) == (WHOLE, NOW, 1)
    assert [row["reason"] for row in rows(archive, captures, captures.c.id)] == [None, "empty", "http-error"]
    assert queries.article_by(archive.engine, "https://news.example/news/1") is not None
    assert again(archive).recovered == 0


def test_what_is_recovered_is_followed_as_any_other(archive: Archive) -> None:
    keep(archive, 1, reason=Reason.FAILED)
    url = "https://news.example/news/1"
    article = extract(Capture(url, "example", NOW, 200, (), HTML.encode()), SITE).article
    at = NOW + timedelta(hours=2)
    correct_all(archive.engine, [], recovered=[Recovered(1, article)], extractor=EXTRACTOR, at=at)
    assert frontier(archive, at).due(9) == []
    assert frontier(archive, NOW + timedelta(hours=6)).due(9) == [url]


def test_what_was_taken_down_is_not_recovered_from_another_page(archive: Archive) -> None:
    """As after a rebuild: of the article nothing is left but its tombstone."""
    own = "https://news.example/news/1"
    shown = HTML.replace("</head>", f'<link rel="canonical" href="{own}"></head>')
    assert shown != HTML
    keep(archive, 2, shown, reason=Reason.TIMEOUT)
    with write_transaction(archive.engine) as connection:
        tombstones.add(connection, [tombstones.Tombstone(url_key(own), own, None, NOW, "أمين", "حكم")])
    with open_plan(archive.folder, Choice()) as plan:
        make_plan(archive.folder, archive.engine, plan, Choice(), sites=SITES, processes=1)
        assert TITLE not in (archive.folder / PLAN).read_text()
        assert (plan.counts.recovered, plan.counts.removed, plan.counts.examples) == (0, 1, [])
        apply_plan(archive.engine, plan, now=LATER)
        plan.discard()
    (row,) = rows(archive, captures)
    assert row["reason"] == "removed"
    result = extract(read_capture(archive.folder, Position(*(row[name] for name in POSITION))), SITE).article
    correct_all(archive.engine, [], recovered=[Recovered(row["id"], result)], extractor=EXTRACTOR, at=LATER)
    assert rows(archive, articles) == []
    assert again(archive).read == 0
    assert erase_noted(archive.engine, archive.folder, now=LATER).records == 1
    assert rows(archive, captures) == []


def test_no_version_is_corrected_to_what_was_taken_down(archive: Archive) -> None:
    own = "https://news.example/news/1"
    keep(archive, 2, HTML.replace("</head>", f'<link rel="canonical" href="{own}"></head>'), text="نص", url=URL_2)
    with write_transaction(archive.engine) as connection:
        tombstones.add(connection, [tombstones.Tombstone(url_key(own), own, None, NOW, "أمين", "حكم")])
    findings = again(archive)
    assert (findings.corrected, findings.removed) == (0, 1)
    (row,) = rows(archive, articles)
    assert row["text"] == "نص"


def test_only_the_chosen_captures_are_read(archive: Archive) -> None:
    keep(archive, 1, text="قديم")
    keep(archive, 2, text="قديم", minutes=60 * 24)
    assert again(archive, Choice(since=NOW + timedelta(hours=1)), dry=True).read == 1
    assert again(archive, Choice(site="other"), dry=True).read == 0
    assert again(archive, Choice(site="example"), dry=True).read == 2


def test_bytes_that_are_lost_are_counted_and_change_nothing(archive: Archive) -> None:
    keep(archive, 1, text="قديم")
    keep(archive, 2, text="قديم", minutes=60 * 24)  # in the file of another day
    (archive.folder / rows(archive, captures, captures.c.id)[0]["warc_file"]).unlink()
    findings = again(archive)
    assert (findings.lost, findings.corrected) == (1, 1)
    assert [row["text"] for row in rows(archive, articles, articles.c.id)] == ["قديم", WHOLE]


def test_an_article_that_was_saved_meanwhile_is_left_alone(archive: Archive) -> None:
    keep(archive, 1, text="قديم")
    (version,) = rows(archive, versions)
    read = Article("https://news.example/news/1", "example", "عنوان", "نص", extractor=EXTRACTOR)
    correct_all(archive.engine, [Correction(version["id"], "another", read)], extractor=EXTRACTOR, at=LATER)
    assert rows(archive, versions) == [version]


def test_a_field_that_an_earlier_program_did_not_know_is_no_other_reading(archive: Archive) -> None:
    keep(archive, 1)
    (version,) = rows(archive, versions)
    details = {name: value for name, value in version["details"].items() if name not in ("reservations", "image")}
    with archive.engine.begin() as connection:
        connection.execute(update(versions).values(details=details))
    assert again(archive).same == 1
