"""What was written, by whom and why; rows taken down and put back; one writer at a time."""
