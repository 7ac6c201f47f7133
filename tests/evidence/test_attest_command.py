"""`warraq attest` and `attest verify`, with OpenSSL as the timestamp authority, on both databases."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.evidence.evidence_check import check_evidence
from storage.evidence.timestamps import read_certificates
from tests.support.evidence.openssl_authority import OpensslAuthority, openssl
from tests.support.small_archive import fill


def warraq(*words: str | Path, code: int = 0, **environment: str) -> str:
    import os

    done = subprocess.run(
        [sys.executable, "-m", "crawler", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    return tmp_path / "archive"


def allowed(authority: OpensslAuthority) -> list[str]:
    return ["--tsa", authority.url, "--allow-host", f"127.0.0.1:{authority.port}"]


@pytest.mark.slow
def test_days_are_sealed_timestamped_and_checked_with_the_certificate_alone(
    folder: Path, authority: OpensslAuthority, tmp_path: Path
) -> None:
    made = json.loads(warraq("attest", *allowed(authority), "--json", "--archive", folder))
    assert [each["day"] for each in made["seals"]] == ["2026-05-07", "2026-05-08"]
    assert made["timestamped"] == 2
    assert "Warraq/" in authority.asked[-1]["User-Agent"]
    again = json.loads(warraq("attest", *allowed(authority), "--json", "--archive", folder))
    assert (again["seals"], again["timestamped"]) == ([], None)
    shutil.copytree(folder / "evidence", tmp_path / "alone/evidence")
    shutil.copytree(folder / "warc", tmp_path / "alone/warc")
    for archive in (folder, tmp_path / "alone"):
        report = json.loads(warraq("attest", "verify", "--ca", authority.ca, "--json", "--archive", archive))
        assert (report["ok"], report["proved_seal"], report["signatures_checked"]) == (True, 2, True)
        assert report["records"] == 36
        at = datetime.fromisoformat(report["proved_by"])
        assert abs(at - datetime.now(UTC)) < timedelta(minutes=10)
    openssl_says = openssl(
        "ts",
        "-verify",
        "-data",
        "000002.seal",
        "-in",
        "000002.tsr",
        "-CAfile",
        authority.ca,
        folder=folder / "evidence",
    )
    assert "Verification: OK" in openssl_says


def test_a_seal_names_the_digest_of_the_file_before_it(folder: Path) -> None:
    import hashlib

    warraq("attest", "--archive", folder)
    first = (folder / "evidence/000001.seal").read_bytes()
    assert f"previous: {hashlib.sha256(first).hexdigest()}\n" in (folder / "evidence/000002.seal").read_text()


@pytest.mark.slow
def test_an_authority_that_does_not_answer_is_asked_again(folder: Path, authority: OpensslAuthority) -> None:
    rejection = bytes.fromhex("30053003020102")
    other = authority.answer(_request(b"another text"))
    for status, body, said in (
        (503, b"", "answered 503"),
        (200, b"<html>", "can't be trusted"),
        (200, rejection, "no timestamp"),
        (200, other, "of another text"),
        (200, b"x" * (2 << 20), "too long"),
    ):
        authority.answers.append((status, body))
        output = warraq("attest", *allowed(authority), "--archive", folder, code=1)
        assert said in output
        assert "Traceback" not in output
    assert not list((folder / "evidence").glob("*.tsr"))
    warraq("attest", *allowed(authority), "--archive", folder)
    assert (folder / "evidence/000002.tsr").exists()


def _request(text: bytes) -> bytes:
    from storage.evidence.timestamps import timestamp_request

    return timestamp_request(text)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://tsa.example.org/", "no https URL"),
        ("https://127.0.0.1:8443/", "would allow it"),
        ("https://user@tsa.example.org/", "user name"),
        ("ftp://tsa.example.org/", "only http and https"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_before_anything_is_sealed(
    folder: Path, url: str, said: str
) -> None:
    assert said in warraq("attest", "--tsa", url, "--archive", folder, code=2, WARRAQ_CONTACT="https://example.org")
    assert not (folder / "evidence").exists()


def test_an_authority_on_the_live_web_is_not_asked_without_a_contact(folder: Path) -> None:
    output = warraq("attest", "--tsa", "https://tsa.example.org/", "--archive", folder, code=2, WARRAQ_CONTACT="")
    assert "WARRAQ_CONTACT" in output


def test_a_timestamp_of_another_authority_or_text_proves_nothing(
    folder: Path, authority: OpensslAuthority, tmp_path: Path
) -> None:
    warraq("attest", *allowed(authority), "--archive", folder)
    other = OpensslAuthority.made(_made(tmp_path / "other"))
    assert other is not None
    output = warraq("attest", "verify", "--ca", other.ca, "--archive", folder, code=1)
    assert "timestamp: 1" in output
    (folder / "evidence/000002.tsr").rename(folder / "evidence/000001.tsr")
    report = check_evidence(folder, None, read_certificates(authority.ca))
    assert "of another text" in report.wrong["timestamp"].examples[0]
    assert report.proved_by is None


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_file_that_holds_no_certificate_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("nothing")
    assert "no certificate" in warraq("attest", "verify", "--ca", tmp_path / "no.pem", "--archive", folder, code=2)


def test_postgresql_keeps_the_seals_too(tmp_path: Path, postgres_url: str, authority: OpensslAuthority) -> None:
    with Archive.open(tmp_path / "archive", postgres_url) as archive:
        fill(archive)
    options = ["--archive", tmp_path / "archive", "--db", postgres_url]
    warraq("attest", *allowed(authority), *options)
    report = json.loads(warraq("attest", "verify", "--ca", authority.ca, "--json", *options))
    assert (report["ok"], report["rows"], report["timestamps"]) == (True, 12, 1)


def test_nothing_to_seal_is_no_error(tmp_path: Path) -> None:
    Archive.open(tmp_path / "archive").close()
    assert "Nothing is to be sealed" in warraq("attest", "--archive", tmp_path / "archive")
    assert "Nothing is wrong" in warraq("attest", "verify", "--archive", tmp_path / "archive")
    assert "no archive" in warraq("attest", "verify", "--archive", tmp_path / "none", code=2)
