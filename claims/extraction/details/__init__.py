"""What is told of a quote besides who said what: its act, and details such as the hearer."""
