"""Who is measured on which pages, in which process, and by which scores."""
