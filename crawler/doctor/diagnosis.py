"""The result of one check: its state, what was found, and what to do."""

from dataclasses import dataclass
from typing import Any, Literal

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One result. check: its name. state: "bad" prevents crawls, "warn" may do so later. advice: None if "ok"."""

    check: str
    state: State
    text: str
    advice: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
        return {"check": self.check, "state": self.state, "text": self.text, "advice": self.advice}
