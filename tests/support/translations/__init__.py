"""What tests and authors of translations need."""
