"""The archive: stores captures and articles, and searches, shows and exports them."""
