"""What a text is before anybody speaks in it: paragraphs, quotation marks, sentences, days."""
