"""The web reader: HTML pages and a JSON API of the archive. Read-only; imported by `warraq serve` alone."""
