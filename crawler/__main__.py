"""`python -m crawler` is `warraq`."""

from crawler.cli import main

if __name__ == "__main__":
    main()
