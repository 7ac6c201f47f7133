"""One site is found by its file's name, without reading all the others."""

from pathlib import Path

import pytest

from crawler.registry import declared_sites
from tests.support.fleet.site_files import write_site


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARRAQ_SPIDERS", str(tmp_path))
    return tmp_path


def test_the_file_of_the_site_is_read_alone(private: Path):
    write_site(private, "outlet_one")
    (private / "other.py").write_text(f"open({str(private / 'read')!r}, 'w').close()\n", encoding="utf-8")
    spider = declared_sites.declared_site("outlet_one")
    assert spider is not None
    assert spider.site.host == "outlet_one.example"
    assert not (private / "read").exists()


def test_a_shipped_site_is_found_with_a_private_folder_and_without_one(private: Path, monkeypatch: pytest.MonkeyPatch):
    for _ in range(2):
        spider = declared_sites.declared_site("hespress")
        assert spider is not None
        assert spider is declared_sites.declared().spiders["hespress"]
        monkeypatch.delenv("WARRAQ_SPIDERS", raising=False)


def test_a_site_whose_file_has_another_name_is_found_all_the_same(private: Path):
    write_site(private, "outlet_one")
    (private / "outlet_one.py").rename(private / "renamed.py")
    spider = declared_sites.declared_site("outlet_one")
    assert spider is not None
    assert spider.site.name == "outlet_one"


def test_nothing_is_found_for_an_unknown_name_or_a_file_that_does_not_import(private: Path):
    (private / "broken.py").write_text("raise RuntimeError('no')\n", encoding="utf-8")
    assert declared_sites.declared_site("broken") is None
    assert declared_sites.declared_site("nobody") is None
    assert declared_sites.declared_site("*") is None


def test_a_file_called_as_another_site_does_not_stand_for_it(private: Path):
    write_site(private, "outlet_one")
    (private / "outlet_two.py").write_text((private / "outlet_one.py").read_text(encoding="utf-8"), encoding="utf-8")
    (private / "outlet_one.py").unlink()
    assert declared_sites.declared_site("outlet_two") is None
