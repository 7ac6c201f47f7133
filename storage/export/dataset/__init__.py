"""A data set as a folder: data in splits, and what a reader needs to trust, load, cite and rebuild it."""

from storage.export.dataset.folder import DatasetRequest, write_dataset

__all__ = ["DatasetRequest", "write_dataset"]
