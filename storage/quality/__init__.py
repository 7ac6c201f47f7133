"""Quality signals of texts, measured from their form, as additional columns; nothing is deleted. Pure."""

from storage.quality.signals import Signals, measure
from storage.quality.thresholds import THRESHOLDS, failing

__all__ = ["THRESHOLDS", "Signals", "failing", "measure"]
