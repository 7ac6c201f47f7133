"""Times in the future, as a wrong clock writes them: reported, and ignored in decisions."""

from datetime import UTC, datetime, timedelta

CLOCK_ERROR = timedelta(hours=1)  # by which the machines that share an archive may differ


def latest_believed(now: datetime | None) -> datetime:
    """The latest time that is believed. now: aware; None: the present time."""
    return (now or datetime.now(UTC)) + CLOCK_ERROR
