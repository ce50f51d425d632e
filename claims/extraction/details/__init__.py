"""What is told of a quote besides who said what: act, hearer, evidence, occasion, target, hedges."""
