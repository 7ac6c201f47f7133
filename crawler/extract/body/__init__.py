"""Find the body of an article on its page, and remove the lines that are not its text."""
