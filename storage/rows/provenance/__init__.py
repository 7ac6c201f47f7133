"""Where versions are from that no capture shows."""
