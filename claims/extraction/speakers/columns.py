"""The features by which the scorer weighs a candidate, as columns of one table."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.arrays import Floats
from claims.extraction.speakers.candidates import KINDS
from claims.extraction.speakers.source_words import SOURCE_TYPES
from claims.extraction.speakers.wordings import WORDINGS


def list_words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# By what they tell of. The scorer's weights are for these names, in this order.
FEATURE_GROUPS: dict[str, tuple[str, ...]] = {
    "source": (
        *(f"source_{name}" for name in SOURCE_TYPES),
        *list_words(
            """source_words source_in_capitals source_with_and source_has_person source_quoted
        source_after_content source_after_quotation source_far head_document head_organization
        head_unnamed head_group head_seldom_in_names"""
        ),
    ),
    "quote": list_words("quoted colon according said length nested first_in_paragraph"),
    "kind": (
        *(f"kind_{kind}" for kind in KINDS),
        *list_words("nobody author full_name described words capital capitals animate plural"),
    ),
    "named": list_words(
        """named named_confidence named_other unnamed_source metonym named_rest within_source
        ends_source starts_source possessor_in_source fuller"""
    ),
    "wording": ("wording", *(f"wording_{name}" for name in WORDINGS), "only_wording", "possessive"),
    "likeness": list_words(
        """same_head share_of_source share_of_name same_kind longer initials role role_share
        before_name after_name head_before head_after best_described
        names_head beside_head other_head others_with_head rest_missing"""
    ),
    "agreement": list_words(
        "gender_agrees gender_differs gender_unknown agrees disagrees body_for_person person_for_body"
    ),
    "nearness": list_words(
        """not_before characters sentences paragraph_0 paragraph_1 paragraph_2 rank nearest
        rank_agreeing nearest_agreeing only_agreeing same_sentence opens_sentence mention_quoted
        opens_paragraph adjacent in_commas not_after characters_after same_sentence_after
        same_paragraph_after subject_before subject_here subject_before_agrees"""
    ),
    "salience": list_words(
        """times_mentioned share_mentioned most_named_person first_named named_before
        persons_near most_mentioned times_source"""
    ),
    "history": list_words(
        """spoke spoke_last spoke_before_last spoke_in_paragraph paragraphs_since times_spoke
        share_spoke speaks_next speaks_next_here speaks_in_sentence says_outer says_outermost
        same_pronoun last_agreeing only_speaker persons_since spoke_near total_spoke
        affiliated affiliated_first spoke_by_these_words"""
    ),
    "content": list_words("named_in_content hearer"),
}
FEATURES = tuple(name for names in FEATURE_GROUPS.values() for name in names)
COLUMN_OF_FEATURE = {name: number for number, name in enumerate(FEATURES)}

# Those that other quotes tell stand together.
HISTORY = slice(
    COLUMN_OF_FEATURE[FEATURE_GROUPS["history"][0]],
    COLUMN_OF_FEATURE[FEATURE_GROUPS["history"][-1]] + 1,
)

Values = Sequence[float] | Sequence[bool] | NDArray[np.generic] | float | bool


class FeatureColumns:
    """A row of features for each candidate; what nobody sets is 0."""

    def __init__(self, rows: int):
        self.values: Floats = np.zeros((rows, len(FEATURES)), np.float32)

    def put(self, name: str, values: Values) -> None:
        """Set a feature of all rows."""
        self.values[:, COLUMN_OF_FEATURE[name]] = values

    def mark(self, name: str, row: int | None, value: float = 1.0) -> None:
        """Set a feature of one row, if there is such a row."""
        if row is not None:
            self.values[row, COLUMN_OF_FEATURE[name]] = value

    def get(self, name: str) -> Floats:
        column: Floats = self.values[:, COLUMN_OF_FEATURE[name]]
        return column

    def clear_history(self) -> None:
        self.values[:, HISTORY] = 0
