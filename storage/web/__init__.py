"""The reader: the archive as pages and as a JSON API. It only reads, and `warraq serve` alone imports it."""
