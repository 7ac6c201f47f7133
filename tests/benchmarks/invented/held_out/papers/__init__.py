"""Sites that were made for one paper."""
