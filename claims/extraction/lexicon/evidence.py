"""Nouns for what can be cited, or only pointed to with a hand. Written by hand."""

from claims.extraction.lexicon.words import word_set

EVIDENCE_NOUNS = word_set(
    """intelligence report reports evidence document documents data source sources image images
    imagery record records figures officials research study studies poll polls survey surveys
    testimony witnesses video videos footage interviews emails statistics papers reporting
    investigation letter letters"""
)

# Whoever "points to" one of these cites nothing.
THINGS_POINTED_AT = word_set(
    """head chest heart ear ears eye eyes nose arm leg sky floor ground door crowd audience
    screen"""
)
