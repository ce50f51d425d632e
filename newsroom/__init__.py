"""The project: settings, addresses, the embedded database. Nothing here knows of news."""

__version__ = "0.1.0"
