"""Checks of an installation and its archive before unattended crawls; each check gives one diagnosis."""
