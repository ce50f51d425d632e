#!/usr/bin/env python
"""Django's command line for Newsroom."""

from newsroom.command import main

if __name__ == "__main__":
    main()
