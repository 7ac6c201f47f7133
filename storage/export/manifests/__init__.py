"""What an export held, by its manifest and index, and what changed since."""
