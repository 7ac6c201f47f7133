"""Reading whole sites with every engine, before and after their pages are learned, and counting what came of it."""
