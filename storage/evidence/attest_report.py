"""What a check of the evidence says: what is wrong, by kind, and what is worth knowing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

NAMED = 1000  # of a kind; further ones are counted


@dataclass(slots=True)
class Named:
    """How many of one kind, and the first of them in words."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, what: str, count: int = 1) -> None:
        """Count one more; or so many that one line tells of."""
        self.count += count
        if len(self.examples) < NAMED:
            self.examples.append(what)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"count": self.count, "examples": self.examples}


@dataclass(slots=True)
class AttestReport:
    """wrong, noted: by kind (docs/evidence.md). proved_by: when the newest valid timestamp was given; None: none is."""

    seals: int = 0
    records: int = 0  # sealed, and there unchanged
    removed: int = 0  # sealed, and erased since
    unsealed: int = 0  # of days that are not closed, or that no seal has reached
    rows: int | None = None  # compared with their records; None: there is no database
    timestamps: int = 0
    signatures_checked: bool = False
    proved_by: datetime | None = None
    proved_seal: int | None = None  # the last one that a valid timestamp covers
    wrong: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))
    noted: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
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
