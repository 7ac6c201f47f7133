"""The parts of the benchmark of the archive: saving, growth and reextraction."""
