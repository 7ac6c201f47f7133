"""Times in the future, as a wrong clock writes them: reported, and ignored in decisions."""

from datetime import UTC, datetime, timedelta

CLOCK_ERROR = timedelta(hours=1)  # maximum difference of clocks between machines that share an archive


def latest_believed(now: datetime | None) -> datetime:
    """The latest plausible time; later ones were written by a wrong clock. now: aware; None: the present time."""
    return (now or datetime.now(UTC)) + CLOCK_ERROR
