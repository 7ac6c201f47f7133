"""Times that lie after the present, as a wrong clock wrote them: they are told, and not believed."""

from datetime import UTC, datetime, timedelta

CLOCK_ERROR = timedelta(hours=1)  # by which the machines that share an archive may differ


def latest_believed(now: datetime | None) -> datetime:
    """The latest time that is believed. now: aware; None: the present time."""
    return (now or datetime.now(UTC)) + CLOCK_ERROR
