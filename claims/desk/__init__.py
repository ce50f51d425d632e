"""What waits for a person, what they decide, and taking it back."""
