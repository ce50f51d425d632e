"""How many quotes are right: a sample is drawn, judged and published."""
