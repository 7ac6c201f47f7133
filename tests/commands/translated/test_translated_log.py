"""What the archive logs while a command runs that is no crawl is said in the user's language, as all else on stderr."""

from pathlib import Path

from storage.archive import Archive
from storage.warc.store.stored_file import warc_files
from tests.support.running import warraq
from tests.support.small_archive import fill


def torn(folder: Path) -> str:
    """Make an archive of which a file has a torn end; that file's name."""
    with Archive.open(folder / "archive") as archive:
        fill(archive)
    path = warc_files(folder / "archive")[0]
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")
    return path.name


def test_a_compaction_that_cuts_a_torn_end_says_so_in_arabic(tmp_path: Path) -> None:
    name = torn(tmp_path)
    ran = warraq("compact", cwd=tmp_path, WARRAQ_LANG="ar")
    assert ran.code == 0, ran.err
    (line,) = ran.err.splitlines()
    assert line.startswith(f"warraq: انتهى {name} بتسجيلة مبتورة")
    assert "record" not in line


def test_in_english_it_has_the_programs_name_before_it(tmp_path: Path) -> None:
    name = torn(tmp_path)
    ran = warraq("compact", cwd=tmp_path)
    assert ran.err.startswith(f"warraq: {name} ended in a torn record: cut back to byte ")
