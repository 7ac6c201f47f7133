"""The diagnosis of one check: what was found, whether it is well, and what to do."""

from dataclasses import dataclass
from typing import Any, Literal

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """check: what was looked at. state: "bad" keeps crawls from working, "warn" will or may. advice: None where ok."""

    check: str
    state: State
    text: str
    advice: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"check": self.check, "state": self.state, "text": self.text, "advice": self.advice}
