"""Labelled stories of invented agencies and the copies that newspapers made of them, for the tests of copies."""
