"""Parts of pages: charts, citations, highlighted text, feeds and rows of exports. Pure."""
