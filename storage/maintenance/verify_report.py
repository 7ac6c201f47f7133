"""The report of a verification, and a read transaction that tolerates damaged text."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine

from storage.db.database import database_path, read_transaction

EXAMPLES = 20  # descriptions kept of each kind


@dataclass(slots=True)
class Problem:
    """One kind of problem: its count, and descriptions of the first EXAMPLES."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, description: str) -> None:
        """Count one problem."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(description)

    def add_all(self, other: "Problem") -> None:
        """Count the problems of another report."""
        self.count += other.count
        self.examples += other.examples[: EXAMPLES - len(self.examples)]


@dataclass(slots=True)
class Report:
    """Counts of what was checked, and the problems by kind.

    wrong: database, value (unreadable column), file (missing, or no file), row (refers to no record), bytes (differ
    from the row or their own digest), damage (between records), text (differs from its digest), version (missing, or
    not the article's text), label (missing), index. left: orphan (a capture without a row), torn (an incomplete end),
    merge (of files, interrupted), merged (different articles that a canonical URL made one).
    """

    files: int = 0
    records: int = 0
    rows: int = 0
    texts: int = 0
    wrong: dict[str, Problem] = field(default_factory=lambda: defaultdict(Problem))
    left: dict[str, Problem] = field(default_factory=lambda: defaultdict(Problem))

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; entries of `left` are harmless."""
        return not self.wrong

    def add(self, other: "Report") -> None:
        """Add another report, for example of a further file."""
        self.files, self.records = self.files + other.files, self.records + other.records
        self.rows, self.texts = self.rows + other.rows, self.texts + other.texts
        for own, others in ((self.wrong, other.wrong), (self.left, other.left)):
            for kind, problem in others.items():
                own[kind].add_all(problem)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        problems = {
            name: {kind: {"count": each.count, "examples": each.examples} for kind, each in sorted(by_kind.items())}
            for name, by_kind in (("wrong", self.wrong), ("left", self.left))
        }
        counts = {"files": self.files, "records": self.records, "rows": self.rows, "texts": self.texts}
        return {"ok": self.ok, **counts, **problems}


@contextmanager
def viewing(engine: Engine) -> Iterator[Connection]:
    """As `read_transaction`, but invalid UTF-8 in SQLite texts becomes lone surrogates."""
    with read_transaction(engine) as connection:
        raw: Any = connection.connection.driver_connection
        if database_path(engine) is not None:
            raw.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
        try:
            yield connection
        finally:
            if database_path(engine) is not None:
                raw.text_factory = str
