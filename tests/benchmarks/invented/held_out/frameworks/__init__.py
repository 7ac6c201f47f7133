"""Sites that a framework of scripts renders."""
