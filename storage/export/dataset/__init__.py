"""Data sets as folders: data in splits, with documentation and metadata to load, cite, check and rebuild them."""

from storage.export.dataset.folder import DatasetRequest, write_dataset

__all__ = ["DatasetRequest", "write_dataset"]
