"""What a run may ask of its site: so many requests, and at most a quarter of them for second looks."""

from dataclasses import dataclass

from storage.revisits import visits_allowed


@dataclass(slots=True)
class Budget:
    """Counts the requests of one run as they leave, redirects, retries and robots.txt among them.

    most: requests that the run may make; None: as many as it needs. visits: those for second looks, of sent.
    reserved: second looks that new pages must leave room for.
    """

    most: int | None = None
    sent: int = 0
    visits: int = 0
    reserved: int = 0

    def take(self, *, visit: bool) -> bool:
        """Whether one more request may leave; it is counted."""
        if (self.visits_left if visit else self.left) < 1:
            return False
        self.sent += 1
        self.visits += visit
        return True

    def reserve(self, visits: int) -> None:
        """Keep room for so many second looks, as far as they are allowed."""
        self.reserved = max(self.reserved, min(visits, visits_allowed(self.sent - self.visits, self.most)))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be made for what is new."""
        return self.left < 1

    @property
    def left(self) -> float:
        """Requests that may still be made for what is new."""
        if self.most is None:
            return float("inf")
        return self.most - self.sent - max(0, self.reserved - self.visits)

    @property
    def visits_left(self) -> int:
        """Second looks that may still be made."""
        allowed = visits_allowed(self.sent - self.visits, self.most) - self.visits
        return allowed if self.most is None else min(allowed, self.most - self.sent)
