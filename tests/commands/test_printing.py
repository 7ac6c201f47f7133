"""What people see: Arabic text in a terminal and in a pipe, tables of 80 columns, and an answer that found nothing."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from crawler.output.printing import minute, print_prose, table
from storage.archive import Archive
from storage.records import Article, Capture
from tests.support.running import warraq

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = (
    "تأهل المنتخب إلى نهائيات كأس المحيط للمرة الأولى في تاريخه بعد تعادله خارج أرضه 1-1 في الجولة الأخيرة من التصفيات"
)
MARK = "\u200f"


def shown(text: str, *, margin: str = "    ", terminal: bool = True, width: int = 40) -> list[str]:
    out = Console(file=io.StringIO(), force_terminal=terminal, width=width, color_system=None, highlight=False)
    print_prose(out, Text(text), margin=margin)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def test_text_is_wrapped_at_words_and_every_line_is_indented():
    lines = shown(LONG)
    assert len(lines) > 2
    assert all(line.startswith("    ") and len(line) <= 40 + 2 * len(MARK) for line in lines)
    assert " ".join(line.strip().strip(MARK) for line in lines) == LONG


def test_the_first_line_bears_the_label_and_the_others_stand_under_it():
    first, second, *_ = shown(LONG, margin="[28] ")
    assert first.startswith(f"[28] {MARK}تأهل")
    assert second.startswith(f"     {MARK}")


def test_arabic_lines_stand_between_marks_so_that_dots_and_numbers_keep_their_place():
    assert shown("1-1 في الجولة …", margin="  ") == [f"  {MARK}1-1 في الجولة …{MARK}"]
    assert shown("no mark here", margin="  ") == ["  no mark here"]


def test_into_a_pipe_a_paragraph_is_one_line_without_marks():
    assert shown(f"{LONG}\n\n{LONG}", margin="  ", terminal=False) == [f"  {LONG}", "", f"  {LONG}"]


def test_a_paragraph_without_spaces_is_broken_and_not_lost():
    lines = shown("ا" * 100)
    assert "".join(line.strip().strip(MARK) for line in lines) == "ا" * 100


def test_an_instant_stays_on_one_line_in_a_narrow_table():
    out = Console(file=io.StringIO(), width=50)
    rows = [[1, minute("2026-11-23T14:09:17+00:00"), LONG], [2, minute(None), None]]
    out.print(table(None, ["run", "seen", "headline"], rows, right=(0,), unbroken=(1,)))
    assert isinstance(out.file, io.StringIO)
    assert "2026-11-23 14:09" in out.file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one article with two versions."""
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        for day, title in enumerate(("العنوان الأول", "العنوان الثاني")):
            seen_at = NOW + timedelta(days=day)
            page = Capture("https://example.com/1/", "example", seen_at, 200, (), title.encode())
            article = Article(page.url, "example", title, "نص الخبر", authors=("سلمى",), extractor="t")
            position = archive.append(page, run_id)
            archive.save(page, position, run_id=run_id, kind="article", article=article, now=seen_at)
        archive.finish_run(run_id, status="unhealthy", now=NOW, requests=2, message="mostly errors: 9 × http-error")
    return tmp_path


def test_an_earlier_version_can_be_shown_as_it_was(folder: Path):
    ran = warraq("show", "https://example.com/1", "--version", "1", cwd=folder)
    assert (ran.code, "العنوان الأول" in ran.out, "العنوان الثاني" in ran.out) == (0, True, False)
    assert warraq("show", "1", "--version", "1", "--json", cwd=folder).json["details"]["authors"] == ["سلمى"]
    assert "العنوان الثاني" in warraq("show", "1", cwd=folder).out


def test_a_version_that_there_is_not_is_told_of(folder: Path):
    ran = warraq("show", "1", "--version", "3", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "2 versions" in ran.err


@pytest.mark.parametrize("call", [["search", "نص"], ["runs"], ["export", "-"]], ids=lambda call: call[0])
def test_a_site_that_the_archive_does_not_have_is_told_of(call: list[str], folder: Path):
    ran = warraq(*call, "--site", "exmaple", cwd=folder)
    assert ran.code == 0
    assert "no site called 'exmaple'; it has example" in ran.err
    assert "no site" not in warraq(*call, "--site", "example", cwd=folder).err


def test_what_was_wrong_with_a_run_stands_under_the_table(folder: Path):
    ran = warraq("runs", cwd=folder, COLUMNS="80")
    assert "run 1: mostly errors: 9 × http-error" in ran.out.splitlines()[-1]


def test_help_names_the_program_as_people_type_it(tmp_path: Path):
    assert "Usage: warraq show" in warraq("show", "--help", cwd=tmp_path).out
