"""Nouns for evidence, and for what can only be pointed to. Written by hand."""

from claims.extraction.lexicon.words import word_set

# Nouns for what an actor can cite: "citing intelligence reports".
EVIDENCE_NOUNS = word_set(
    """intelligence report reports evidence document documents data source sources image images
    imagery record records figures officials research study studies poll polls survey surveys
    testimony witnesses video videos footage interviews emails statistics papers reporting
    investigation letter letters"""
)

# Nouns for what is pointed to without citing it: "pointing to the door".
THINGS_POINTED_AT = word_set(
    """head chest heart ear ears eye eyes nose arm leg sky floor ground door crowd audience
    screen"""
)
