"""What pages are made of: charts, citations, marked text, feeds and rows of exports. Pure."""
