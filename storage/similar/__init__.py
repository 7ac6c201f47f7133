"""Find articles that were taken from one another: signatures find candidates, and comparisons of the texts decide."""

from storage.similar.clusters import Clustered, PublishedText, cluster
from storage.similar.comparison import TextComparison, compare

__all__ = ["Clustered", "PublishedText", "TextComparison", "cluster", "compare"]
