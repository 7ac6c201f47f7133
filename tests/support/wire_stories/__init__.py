"""Labelled stories of invented agencies and the copies in newspapers, for the tests of copies."""
