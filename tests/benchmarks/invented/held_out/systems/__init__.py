"""Sites on systems for content."""
