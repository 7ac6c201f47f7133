"""Manifests and indexes of exports, and the changes since an earlier export."""
