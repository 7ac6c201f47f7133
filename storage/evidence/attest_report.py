"""The report of a check of the evidence: findings by kind, some wrong, some only noted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

NAMED = 1000  # findings of a kind that are listed; more are only counted


@dataclass(slots=True)
class Named:
    """The findings of one kind: their number, and descriptions of the first."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, what: str, count: int = 1) -> None:
        """Add a finding. count: of the cases that its description covers."""
        self.count += count
        if len(self.examples) < NAMED:
            self.examples.append(what)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"count": self.count, "examples": self.examples}


@dataclass(slots=True)
class AttestReport:
    """wrong, noted: by kind (docs/evidence.md). proved_by: time of the newest valid timestamp; None: there is none."""

    seals: int = 0
    records: int = 0  # sealed, and present unchanged
    removed: int = 0  # sealed, and erased later
    unsealed: int = 0  # of days that are not closed yet, or not sealed yet
    rows: int | None = None  # rows compared with their records; None: without a database
    timestamps: int = 0
    signatures_checked: bool = False
    proved_by: datetime | None = None
    proved_seal: int | None = None  # the last seal with a valid timestamp
    wrong: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))
    noted: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))

    @property
    def ok(self) -> bool:
        """Whether no finding is wrong."""
        return not self.wrong

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "ok": self.ok,
            "seals": self.seals,
            "records": self.records,
            "removed": self.removed,
            "unsealed": self.unsealed,
            "rows": self.rows,
            "timestamps": self.timestamps,
            "signatures_checked": self.signatures_checked,
            "proved_by": self.proved_by.isoformat(timespec="seconds") if self.proved_by else None,
            "proved_seal": self.proved_seal,
            "wrong": {kind: each.as_json() for kind, each in sorted(self.wrong.items())},
            "noted": {kind: each.as_json() for kind, each in sorted(self.noted.items())},
        }
