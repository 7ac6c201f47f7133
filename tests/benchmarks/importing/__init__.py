"""What an import costs."""
