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
from storage.messages import count_message, message

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def check_seals(
    folder: Path, report: AttestReport, certificates: "Sequence[Certificate]"
) -> tuple[SealedIndex, dict[int, DaySeal]]:
    """Check chain, lists and timestamps; return the records of the lists, and the seals by number."""
    index, seals = SealedIndex(), dict[int, DaySeal]()
    previous: bytes | None = FIRST
    days: set[date] = set()
    held = numbers(folder)
    for at, number in enumerate(held):
        before = held[at - 1] if at else 0
        if number > before + 1:
            first, last = _name(before + 1, "seal"), _name(number - 1, "seal")
            lacking = message("{file!s} is not there", file=first)
            if number > before + 2:
                lacking = message("{first!s} to {last!s} is not there", first=first, last=last)
            report.wrong["seal"].add(lacking, number - before - 1)
            previous = None
        text = read_text(folder, number, "seal")
        seal = parse_seal(text or b"")
        if seal is None or text is None or seal.number != number:
            file = _name(number, "seal")
            lost, damaged = message("{file!s} is not there", file=file), message("{file!s} is damaged", file=file)
            report.wrong["seal"].add(lost if text is None else damaged)
            previous = None
            continue
        if previous is not None and seal.previous != previous:
            line = message("{file!s} does not name the seal before it as it is now", file=_name(number, "seal"))
            report.wrong["seal"].add(line)
        previous = seal.digest()
        seals[number] = seal
        _check_list(folder, seal, index, report)
        if seal.day in days:
            late = count_message(
                "{n:,} records of {day} came after that day was sealed, by {at:%Y-%m-%d}",
                seal.records,
                day=seal.day,
                at=seal.sealed_at,
            )
            report.noted["late"].add(late, seal.records)
        days.add(seal.day)
        _check_timestamp(folder, seal, report, certificates)
    report.seals = len(seals)
    uncovered = sum(number > (report.proved_seal or 0) for number in seals)
    if uncovered:
        line = count_message("{n:,} seals are not covered by a valid timestamp", uncovered)
        report.noted["no timestamp"].add(line, uncovered)
    return index, seals


def check_seal_rows(engine: Engine, folder: Path, report: AttestReport) -> None:
    """Compare the seals' rows with their files."""
    rows = seal_rows(engine)
    for number, (text, answer) in sorted(rows.items()):
        if read_text(folder, number, "seal") != text.encode():
            line = message("{file!s} is not what its row in the database says", file=_name(number, "seal"))
            report.wrong["seal"].add(line)
        elif answer is not None and read_text(folder, number, "tsr") != answer:
            line = message("{file!s} is not what its row in the database says", file=_name(number, "tsr"))
            report.wrong["timestamp"].add(line)
    lacking = sorted(set(numbers(folder)) - rows.keys())
    if lacking:
        line = count_message("{n:,} seals have no row: the next `warraq attest` adds it", len(lacking))
        report.noted["no row"].add(line, len(lacking))


def _check_list(folder: Path, seal: DaySeal, index: SealedIndex, report: AttestReport) -> None:
    listed = read_text(folder, seal.number, "leaves")
    name = _name(seal.number, "leaves")
    if listed is None:
        line = message("{file!s} is not there: the records of {day} can't be checked", file=name, day=seal.day)
        report.wrong["seal"].add(line)
        return
    hashes, digest = index.add(seal.number, listed), hashlib.sha256(listed).digest()
    if len(hashes) != seal.records or root(hashes) != seal.root or digest != seal.listed:
        report.wrong["seal"].add(message("{file!s} is not the list that was sealed", file=name))


def _check_timestamp(folder: Path, seal: DaySeal, report: AttestReport, certificates: "Sequence[Certificate]") -> None:
    answer = read_text(folder, seal.number, "tsr")
    if answer is None:
        return
    report.timestamps += 1
    read, file = read_timestamp(answer, seal.text(), certificates), _name(seal.number, "tsr")
    if read.problem is not None or read.at is None:
        report.wrong["timestamp"].add(message("{file!s}: {why}", file=file, why=read.problem))
        return
    if read.at < datetime.combine(seal.day + timedelta(days=1), time(), UTC):
        line = message("{file!s} is of {at!s}, and {day} was not over then", file=file, at=read.at, day=seal.day)
        report.wrong["timestamp"].add(line)
        return
    report.proved_by, report.proved_seal = read.at, seal.number


def _name(number: int, suffix: str) -> str:
    return f"{FOLDER}/{number:06}.{suffix}"
