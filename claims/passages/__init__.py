"""An article's text: cut where quotes begin and end, followed through edits, compared. No rows."""
