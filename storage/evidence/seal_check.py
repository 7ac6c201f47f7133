"""The check of the seals themselves: chain, lists against roots, timestamps, rows against files."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from storage.evidence.attest_report import AttestReport
from storage.evidence.day_seal import FIRST, DaySeal, parse_seal
from storage.evidence.merkle import root
from storage.evidence.seal_folder import FOLDER, numbers, read_text
from storage.evidence.seal_rows import seal_rows
from storage.evidence.sealed_index import SealedIndex
from storage.evidence.timestamps import read_timestamp

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def check_seals(
    folder: Path, report: AttestReport, certificates: "Sequence[Certificate]"
) -> tuple[SealedIndex, dict[int, DaySeal]]:
    """Check chain, lists and timestamps; returns the records of the lists, and the seals by number."""
    index, seals = SealedIndex(), dict[int, DaySeal]()
    previous: bytes | None = FIRST
    days: set[date] = set()
    held = numbers(folder)
    for at, number in enumerate(held):
        before = held[at - 1] if at else 0
        if number > before + 1:
            lacking = _name(before + 1, "seal") + (f" to {_name(number - 1, 'seal')}" if number > before + 2 else "")
            report.wrong["seal"].add(f"{lacking} is not there", number - before - 1)
            previous = None
        text = read_text(folder, number, "seal")
        seal = parse_seal(text or b"")
        if seal is None or text is None or seal.number != number:
            report.wrong["seal"].add(f"{_name(number, 'seal')} {'is not there' if text is None else 'is damaged'}")
            previous = None
            continue
        if previous is not None and seal.previous != previous:
            report.wrong["seal"].add(f"{_name(number, 'seal')} does not name the seal before it as it is now")
        previous = seal.digest()
        seals[number] = seal
        _check_list(folder, seal, index, report)
        if seal.day in days:
            late = (
                f"{seal.records:,} records of {seal.day} came after that day was sealed, by {seal.sealed_at:%Y-%m-%d}"
            )
            report.noted["late"].add(late, seal.records)
        days.add(seal.day)
        _check_timestamp(folder, seal, report, certificates)
    report.seals = len(seals)
    uncovered = sum(number > (report.proved_seal or 0) for number in seals)
    if uncovered:
        report.noted["no timestamp"].add(f"{uncovered:,} seals are not covered by a valid timestamp", uncovered)
    return index, seals


def check_seal_rows(engine: Engine, folder: Path, report: AttestReport) -> None:
    """Compare the seals' rows with their files."""
    rows = seal_rows(engine)
    for number, (text, answer) in sorted(rows.items()):
        if read_text(folder, number, "seal") != text.encode():
            report.wrong["seal"].add(f"{_name(number, 'seal')} is not what its row in the database says")
        elif answer is not None and read_text(folder, number, "tsr") != answer:
            report.wrong["timestamp"].add(f"{_name(number, 'tsr')} is not what its row in the database says")
    lacking = sorted(set(numbers(folder)) - rows.keys())
    if lacking:
        report.noted["no row"].add(
            f"{len(lacking):,} seals have no row: the next `warraq attest` adds it", len(lacking)
        )


def _check_list(folder: Path, seal: DaySeal, index: SealedIndex, report: AttestReport) -> None:
    listed = read_text(folder, seal.number, "leaves")
    name = _name(seal.number, "leaves")
    if listed is None:
        report.wrong["seal"].add(f"{name} is not there: the records of {seal.day} can't be checked")
        return
    hashes, digest = index.add(seal.number, listed), hashlib.sha256(listed).digest()
    if len(hashes) != seal.records or root(hashes) != seal.root or digest != seal.listed:
        report.wrong["seal"].add(f"{name} is not the list that was sealed")


def _check_timestamp(folder: Path, seal: DaySeal, report: AttestReport, certificates: "Sequence[Certificate]") -> None:
    answer = read_text(folder, seal.number, "tsr")
    if answer is None:
        return
    report.timestamps += 1
    read = read_timestamp(answer, seal.text(), certificates)
    if read.problem is not None or read.at is None:
        report.wrong["timestamp"].add(f"{_name(seal.number, 'tsr')}: {read.problem}")
        return
    if read.at < datetime.combine(seal.day + timedelta(days=1), time(), UTC):
        report.wrong["timestamp"].add(f"{_name(seal.number, 'tsr')} is of {read.at}, and {seal.day} was not over then")
        return
    report.proved_by, report.proved_seal = read.at, seal.number


def _name(number: int, suffix: str) -> str:
    return f"{FOLDER}/{number:06}.{suffix}"
