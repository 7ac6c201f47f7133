"""What a text's form says of its quality, as columns beside it: nothing is deleted. Pure."""

from storage.quality.signals import Signals, measure
from storage.quality.thresholds import THRESHOLDS, failing

__all__ = ["THRESHOLDS", "Signals", "failing", "measure"]
