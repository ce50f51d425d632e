"""How many quotes are right: a sample of them is drawn, judged and published."""
