"""The difference between two versions of an article: its classes, aligned sentences, and a word diff. Pure."""

from storage.diff.edit_kinds import EDIT_CLASSES, EditClass, edit_classes

__all__ = ["EDIT_CLASSES", "EditClass", "edit_classes"]
