"""The project: settings, addresses, the embedded database. Nothing here knows of news."""
