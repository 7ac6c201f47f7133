"""Pages as they were captured, on an origin of their own that serves archived bytes alone."""
