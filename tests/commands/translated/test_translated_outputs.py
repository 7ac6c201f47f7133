"""What commands print in Arabic (WARRAQ_LANG=ar): no English word is left in it, and English output and JSON stay."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from crawler import translation
from crawler.commands.archives.compact import _print as print_compacted
from crawler.commands.archives.compact import _print_uploaded
from crawler.commands.archives.edit import _print_profiles, print_counts
from crawler.commands.archives.maintenance import _print_repaired
from crawler.output.printing import console
from crawler.output.profile_view import print_profile
from crawler.workers.reextract_plan import ReextractCounts
from storage.archive import Archive
from storage.compaction.merge_plan import PlannedMerge
from storage.maintenance.compact_sites import Compacted
from storage.maintenance.rebuild import RebuildCounts
from storage.maintenance.repair import Repaired
from storage.maintenance.verify_report import Report
from storage.messages import message
from storage.records import Reason
from storage.rows.profiles import StoredProfile
from storage.warc.store.uploading import Uploaded
from storage.warc.torn_files import Torn
from tests.support.evidence.sealed_archive import Tampering
from tests.support.evidence.sealed_archive import make as make_sealed
from tests.support.hostile import Server
from tests.support.imports.text_files import own_record, take, write_lines
from tests.support.newspapers.small_site import GOOD
from tests.support.running import Ran, warraq
from tests.support.small_archive import HOME, NOW, fill, page

# Commands are named between backquotes; other words of no language stand in addresses, paths, digests and names.
CALL = re.compile(r"`[^`]*`|https?://[^\s)،]+")
WORD = re.compile(r"(?<![\w./:@#-])[A-Za-z][a-z']+(?![\w/@=]|[.:-]\w)")
KINDS_OF_RECORDS = {"response", "request", "metadata", "revisit", "warcinfo"}
NAMES = {"example", "warraq", "articles", "versions", "captures", "Errno"} | KINDS_OF_RECORDS


def english_words(shown: str) -> set[str]:
    """The words in Latin letters that are no names, as a reader of Arabic meets them."""
    return set(WORD.findall(CALL.sub("", shown))) - NAMES


def test_a_word_that_was_not_translated_is_seen() -> None:
    assert english_words("فُحصت wrong: 3") == {"wrong"}
    assert english_words("Nothing is wrong.") == {"Nothing", "is", "wrong"}
    known = (
        "warc/example-20260505.warc.gz عند البايت 8: response من https://example.com/a/b UTC، HTTP 200 `warraq repair`"
    )
    assert not english_words(known)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "archive"
    with Archive.open(folder) as archive:
        fill(archive)
    return folder


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed") / "archive"
    make_sealed(folder, 60).close()
    return folder


def shown_in_arabic(original: Path, work: Path, *call: str) -> Ran:
    """The command on copies of an archive, in both languages: the codes are equal, and only one of them is Arabic."""
    answers = []
    for language in ("", "ar"):
        shutil.copytree(original, work / "archive")
        answers.append(warraq(*call, "--archive", str(work / "archive"), cwd=work, WARRAQ_LANG=language))
        shutil.rmtree(work / "archive")
    english, arabic = answers
    assert english.code == arabic.code, (english, arabic)
    assert bool(english.out) == bool(arabic.out)
    notices = "\n".join(line for line in arabic.err.split("\n") if line.startswith("warraq: "))  # others are of the log
    words = english_words((arabic.out + notices).replace(str(work), ""))
    assert not words, f"{words} in:\n{arabic.out}{notices}"
    return english


@pytest.mark.parametrize(
    ("call", "english"),
    [
        ("attest", "seal 1: 2026-05-07, 27 records"),
        ("attest verify", "0 seals, 0 sealed records are there"),
        ("compact --dry-run", "2 files would become 1."),
        ("compact", "example-202605: 2 files became one of 0.0 MB"),
        ("compact --before 2026-01-01", "Nothing is to be merged."),
        ("repair", "Nothing is wrong."),
        ("repair --rebuild", "10 captures have a row again: 2 new articles"),
        ("reextract --dry-run", "Nothing was changed."),
        ("reindex", "2 articles indexed; classes found for"),
        ("reindex --copies", "2 articles compared"),
        ("verify", "Nothing is wrong."),
        ("similar 1", "article    "),
        ("sites example --profile", "Nothing is known of its pages yet"),
        ("attest --tsa http://127.0.0.1:1/ --allow-host 127.0.0.1:1", "seal 2"),
    ],
)
def test_an_archive_that_is_whole(call: str, english: str, small: Path, tmp_path: Path) -> None:
    said = shown_in_arabic(small, tmp_path, *call.split())
    assert english in said.out or call == "repair --rebuild"


def tampered(folder: Path) -> None:
    tampering = Tampering(folder, 3)
    for kind, place in zip(tampering.kinds, tampering.places(5), strict=True):
        tampering.tamper(kind, place)


def without_seals(folder: Path) -> None:
    evidence, files = folder / "evidence", sorted((folder / "warc").glob("*.gz"))
    (evidence / "000002.seal").unlink()
    (evidence / "000003.leaves").write_bytes(b"x")
    (evidence / "000004.leaves").unlink()
    files[0].rename(files[0].with_name("renamed.warc.gz"))
    files[-1].write_bytes(files[-1].read_bytes() + b"\x1f\x8b\x08torn")


@pytest.mark.parametrize("harm", [tampered, without_seals])
def test_evidence_that_does_not_fit(harm: object, sealed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "harmed"
    shutil.copytree(sealed, folder)
    harm(folder)  # type: ignore[operator]
    said = shown_in_arabic(folder, tmp_path, "attest", "verify")
    assert said.code == 1
    assert said.out.endswith("The archive is not what was sealed.\n")


def other_rows(folder: Path) -> None:
    with sqlite3.connect(folder / "warraq.db") as database:
        database.execute("update articles set text = 'other', authors = '[\"x\"]' where id = 1")
        database.execute("update versions set number = 9 where id = (select max(id) from versions)")
        database.execute("update captures set status = 500 where id = 1")
        database.execute("update captures set warc_offset = warc_offset + 3 where id = 2")
        database.execute("update captures set refers_to = null")


def other_bytes(folder: Path) -> None:
    last = sorted((folder / "warc").glob("*.gz"))[-1]
    content = bytearray(last.read_bytes())
    content[len(content) // 2] ^= 255
    last.write_bytes(content)


def a_lost_file_and_a_value(folder: Path) -> None:
    sorted((folder / "warc").glob("*.gz"))[0].unlink()
    with sqlite3.connect(folder / "warraq.db") as database:
        database.execute("update articles set first_seen_at = 'never' where id = 1")


def a_torn_end(folder: Path) -> None:
    with Archive.open(folder) as archive:
        run_id = archive.start_run("example", now=NOW)
        position = archive.append(page(f"{HOME}/9", NOW, "عنوان تاسع\nنص تاسع"), run_id)
        archive.close_run(run_id)
    path = folder / position.file
    path.write_bytes(path.read_bytes() + path.read_bytes()[position.offset :][: position.length // 2])
    (folder / "warc/example-20260509-0.warc.gz").write_bytes(b"garbage")


@pytest.mark.parametrize("command", ["verify", "repair", "compact"])
@pytest.mark.parametrize("harm", [other_rows, other_bytes, a_lost_file_and_a_value, a_torn_end])
def test_an_archive_that_is_damaged(command: str, harm: object, small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "harmed"
    shutil.copytree(small, folder)
    harm(folder)  # type: ignore[operator]
    shown_in_arabic(folder, tmp_path, command)


def test_a_page_that_is_saved_and_one_that_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Server(dict(GOOD)) as server:
        for path, code in (("/n/1/", 0), ("/lost", 1)):
            call = ("save", server.url(path), "--allow-host", "127.0.0.1", "--archive", str(folder))
            said = warraq(*call, cwd=tmp_path, WARRAQ_LANG="ar")
            assert said.code == code
            assert not english_words(re.sub("خبر.*", "", said.out + said.err)), said


def test_what_an_article_was_taken_from_and_who_has_it(tmp_path: Path) -> None:
    sentences = (f"قالت الوزارة في بيانها رقم {n} إن العمل في الميناء سيستمر {n} أشهر أخرى." for n in range(9))
    text, folder = "\n\n".join(sentences), tmp_path / "copied"
    given = [
        own_record(n, site=f"site{n}", url=f"https://site{n}.example/{n}", text=text if n < 4 else text[:300])
        | {"published_at": f"2026-05-0{n}T08:00:00+00:00", "published_precision": "second"}
        for n in range(1, 5)
    ]
    with Archive.open(folder) as archive:
        take(archive, write_lines(tmp_path / "given.jsonl", *given), "warraq")
    assert "wholly " in shown_in_arabic(folder, tmp_path, "similar", "2").out
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    assert "has of it" in shown_in_arabic(folder, tmp_path, "similar", "text.txt").out


@pytest.fixture
def arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(translation.VARIABLE, "ar")


PATHS = {"container": "div.a", "leads": ["div.b"], "furniture": ["div.c"], "pages": 24}
PROFILE = {
    "learned_at": "2026-11-24T14:09:00+00:00", "pages": 24, "generation": 3, "fingerprint": "b1bb9b59a6cf",
    "templates": [{**PATHS, "field_paths": {name: ["h1.x"] for name in ("date", "headline", "authors", "tags")}}],
    "lines": ["سطر"] * 30, "furniture": ["سطر"], "values": [("قيمة", "og:title")], "names": ["اسم"], "forgotten": ["سطر"],
}  # fmt: skip


@pytest.mark.usefixtures("arabic")
def test_a_profile(capsys: pytest.CaptureFixture[str]) -> None:
    print_profile(console(), PROFILE)
    shown = capsys.readouterr().out
    assert not english_words(shown), shown
    assert "أُعيد تصميمه مرتين" in shown


@pytest.mark.usefixtures("arabic")
def test_a_reextraction_that_changes_much(capsys: pytest.CaptureFixture[str]) -> None:
    counts = ReextractCounts(read=11, corrected=3, recovered=1, removed=2, lost=1, words_before=90, words_after=80)
    counts.fields.update(["title", "text", "authors", "published_at", "tags"])
    counts.unread.update([Reason.EMPTY, Reason.NOT_FOUND])
    counts.sites.update(["example"] * 3)
    counts.left_out = {"example": ["سطر"] * 9}
    edited = {"id": 1, "number": 2, "url": f"{HOME}/1", "fields": {"title": ["قديم", "جديد"]}}
    counts.examples = [edited, {"recovered": True, "url": f"{HOME}/2", "title": "عنوان"}]
    print_counts(counts)
    _print_profiles(counts, {"example": StoredProfile(pages=24)})
    shown = capsys.readouterr().out
    assert not english_words(shown), shown


@pytest.mark.usefixtures("arabic")
def test_what_a_repair_and_a_compaction_rarely_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unreadable = [message("{file!s}: it does not say of which site it is", file="warc/a.warc.gz")]
    torn = [Torn("a.warc.gz", 0, 7, "a.warc.gz.torn-0"), Torn("b.warc.gz", 3, 9, "b.warc.gz.torn-3")]
    _print_repaired(Repaired(Report(), torn, 3, RebuildCounts(1, 2, 3, 4, unreadable), 2, 11), tmp_path / "old.aside")
    busy = message("{site} is being crawled already, {holder}; nothing was done", site="example", holder="")
    merge = PlannedMerge("example", "example-202605", (tmp_path, tmp_path), 10)
    print_compacted(
        Compacted([merge], 2, {"example": busy}, {"warc/c.gz": message("it is being written")}), dry_run=False
    )
    _print_uploaded(Uploaded(2, 9, {"warc/c.gz": message("it is being written")}))
    shown = capsys.readouterr().out.replace(str(tmp_path), "")
    assert not english_words(shown), shown
