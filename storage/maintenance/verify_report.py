"""What checking an archive found, by kind, and the view of its tables that damage does not end."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine

from storage.db.database import database_path, read_transaction

EXAMPLES = 20  # of each kind that are told one by one


@dataclass(slots=True)
class Finding:
    """One kind of trouble: how often, and the first of them in words."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, told: str) -> None:
        """One more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(told)


@dataclass(slots=True)
class Report:
    """What was checked, and what was found, by kind.

    wrong: database, value (of a column, that can't be read), file (missing, or none), row (points at no record),
    bytes (not those of the row or their own digest), damage (between records), text (not that of its digest),
    version (missing, or not the article's text), label (missing), index. left: orphan (a capture without a row), torn
    (an end that was cut short).
    """

    files: int = 0
    records: int = 0
    rows: int = 0
    texts: int = 0
    wrong: dict[str, Finding] = field(default_factory=lambda: defaultdict(Finding))
    left: dict[str, Finding] = field(default_factory=lambda: defaultdict(Finding))

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; what is left over does no harm."""
        return not self.wrong

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        told = {
            name: {kind: {"count": each.count, "examples": each.examples} for kind, each in sorted(found.items())}
            for name, found in (("wrong", self.wrong), ("left", self.left))
        }
        counts = {"files": self.files, "records": self.records, "rows": self.rows, "texts": self.texts}
        return {"ok": self.ok, **counts, **told}


@contextmanager
def viewing(engine: Engine) -> Iterator[Connection]:
    """As `reading`; bytes that are no UTF-8, which SQLite takes for text, become lone surrogates."""
    with read_transaction(engine) as connection:
        raw: Any = connection.connection.driver_connection
        if database_path(engine) is not None:
            raw.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
        try:
            yield connection
        finally:
            if database_path(engine) is not None:
                raw.text_factory = str
