"""What a run may ask of its site: so many requests, and at most a quarter of them for second looks."""

from dataclasses import dataclass

from storage.revisits import revisits_allowed


@dataclass(slots=True)
class RequestBudget:
    """Counts the requests of one run as they leave, redirects, retries and robots.txt among them.

    most: requests that the run may make; None: as many as it needs. visits: those for second looks, of sent.
    reserved: second looks that new pages must leave room for.
    """

    most: int | None = None
    sent: int = 0
    revisits: int = 0
    reserved: int = 0

    def take(self, *, revisit: bool) -> bool:
        """Whether one more request may leave; it is counted."""
        if (self.revisits_left if revisit else self.left) < 1:
            return False
        self.sent += 1
        self.revisits += revisit
        return True

    def reserve(self, revisits: int) -> None:
        """Keep room for so many second looks, as far as they are allowed."""
        self.reserved = max(self.reserved, min(revisits, revisits_allowed(self.sent - self.revisits, self.most)))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be made for what is new."""
        return self.left < 1

    @property
    def left(self) -> float:
        """Requests that may still be made for what is new."""
        if self.most is None:
            return float("inf")
        return self.most - self.sent - max(0, self.reserved - self.revisits)

    @property
    def revisits_left(self) -> int:
        """Second looks that may still be made."""
        allowed = revisits_allowed(self.sent - self.revisits, self.most) - self.revisits
        return allowed if self.most is None else min(allowed, self.most - self.sent)
