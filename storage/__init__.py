"""The archive: keeps captures and articles, searches them, shows and exports them."""
