"""What each page shows, without HTTP."""
