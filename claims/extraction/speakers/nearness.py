"""How near to a quote its candidates are mentioned, before it and after it."""

from typing import NamedTuple

import numpy as np

from claims.extraction.encoder.arrays import Flags, Integers
from claims.extraction.speakers.candidates import REACH_BEFORE_QUOTE, CandidateTable
from claims.extraction.speakers.columns import FeatureColumns

FAR_IN_SENTENCES = 20
FAR_IN_PARAGRAPHS = 9
FARTHEST_RANK = 10
FAR_AFTER = 3000  # characters
OPENING_OF_PARAGRAPH = 30  # characters
REACH_OF_APPOSITION = 60  # characters


class NearestMentions(NamedTuple):
    """The nearest mention of each row's actor before or after its quote, and whether there is one.

    Where there is none, `number` is that of another mention.
    """

    number: Integers
    exists: Flags


def fill_nearness(table: CandidateTable, columns: FeatureColumns) -> None:
    if not len(table.mentions):
        columns.put("not_before", ~table.is_nobody)
        columns.put("not_after", ~table.is_nobody)
        return
    before, after = find_nearest_mentions(table)
    fill_nearness_before(table, columns, before)
    fill_nearness_after(table, columns, after)
    fill_subjects(table, columns)


def find_nearest_mentions(table: CandidateTable) -> tuple[NearestMentions, NearestMentions]:
    mentions = table.mentions
    last = np.full(len(table), -1)
    following = np.full(len(table), len(mentions))
    is_before = mentions.start[table.pair_mention] < table.at[table.pair_quote]
    np.maximum.at(last, table.pair_row[is_before], table.pair_mention[is_before])
    np.minimum.at(following, table.pair_row[~is_before], table.pair_mention[~is_before])
    return (
        NearestMentions(np.maximum(last, 0), last >= 0),
        NearestMentions(np.minimum(following, len(mentions) - 1), following < len(mentions)),
    )


def fill_nearness_before(
    table: CandidateTable, columns: FeatureColumns, before: NearestMentions
) -> None:
    """Tell where each candidate was last mentioned."""
    mentions, (number, exists) = table.mentions, before
    is_actor = ~table.is_nobody
    sentences = table.sentence[table.quote_of] - mentions.sentence[number]
    paragraphs = table.paragraph[table.quote_of] - mentions.paragraph[number]
    distance = (table.at[table.quote_of] - mentions.end[number]).clip(0)
    characters = np.where(exists, distance, REACH_BEFORE_QUOTE)
    sentences = np.where(exists, sentences, FAR_IN_SENTENCES)
    paragraphs = np.where(exists, paragraphs, FAR_IN_PARAGRAPHS)
    columns.put("not_before", ~exists & is_actor)
    columns.put("characters", np.log1p(characters) / 5 * is_actor)
    columns.put("sentences", np.minimum(sentences, 10) / 5 * is_actor)
    columns.put("paragraph_0", paragraphs == 0)
    columns.put("paragraph_1", paragraphs == 1)
    columns.put("paragraph_2", (paragraphs == 2) | (paragraphs == 3))
    columns.put("same_sentence", exists & (sentences == 0))
    columns.put("opens_sentence", exists & mentions.opens_sentence[number])
    columns.put("mention_quoted", exists & mentions.is_quoted[number])
    starts = np.array([start for start, _ in table.article.paragraphs] or [0])
    into_paragraph = mentions.start[number] - starts[mentions.paragraph[number]]
    columns.put("opens_paragraph", exists & (into_paragraph < OPENING_OF_PARAGRAPH))
    fill_ranks(table, columns, np.where(exists, number, -1), paragraphs)
    columns.put("adjacent", exists & (characters <= 2))
    fill_appositions(table, columns, before, characters)


def fill_ranks(
    table: CandidateTable, columns: FeatureColumns, last: Integers, paragraphs: Integers
) -> None:
    """Tell which candidates were mentioned latest, among all and among those that agree."""
    is_actor = ~table.is_nobody
    rank = table.rank(last)
    columns.put("rank", np.minimum(rank, FARTHEST_RANK) / 5 * is_actor)
    columns.put("nearest", (rank == 0) & (last >= 0))
    agreeing = np.where(columns.get("agrees") > 0, last, -1)
    is_agreeing = agreeing >= 0
    rank = np.where(is_agreeing, table.rank(agreeing), FARTHEST_RANK)
    columns.put("rank_agreeing", np.minimum(rank, FARTHEST_RANK) / 5 * is_actor)
    columns.put("nearest_agreeing", (rank == 0) & is_agreeing)
    is_near = is_agreeing & (paragraphs <= 1)
    near_of_quote = np.bincount(table.quote_of[is_near], minlength=len(table.quotes))
    columns.put("only_agreeing", is_near & (near_of_quote[table.quote_of] == 1))


def fill_subjects(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell whom the sentence before names first, and whom the one of the source does."""
    mentions = table.mentions
    first = np.full(len(table.sentence_starts) + 1, -1)
    first[mentions.sentence[::-1]] = mentions.actor[::-1]
    start = np.full(len(table.sentence_starts), len(table.article.text))
    start[mentions.sentence[::-1]] = mentions.start[::-1]
    here = np.where(start[table.sentence] < table.at, first[table.sentence], -1)
    before = np.where(table.sentence > 0, first[table.sentence - 1], -1)
    is_subject_before = table.actor_of == before[table.quote_of]
    columns.put("subject_before", is_subject_before)
    columns.put("subject_before_agrees", is_subject_before & (columns.get("agrees") > 0))
    columns.put("subject_here", table.actor_of == here[table.quote_of])


def fill_appositions(
    table: CandidateTable, columns: FeatureColumns, before: NearestMentions, characters: Integers
) -> None:
    """Tell between whose name and the source there is nothing but what is set in commas."""
    text = table.article.text
    for row in np.flatnonzero(before.exists & (characters <= REACH_OF_APPOSITION)).tolist():
        start = int(table.mentions.end[before.number[row]])
        between = text[start : int(table.at[table.quote_of[row]])]
        is_set_off = between[:1] in (",", "(") and between.rstrip()[-1:] in (",", ")")
        if between.strip(" ,") == "" or is_set_off:
            columns.mark("in_commas", row)


def fill_nearness_after(
    table: CandidateTable, columns: FeatureColumns, after: NearestMentions
) -> None:
    """Tell where each candidate is mentioned next."""
    mentions, (number, exists) = table.mentions, after
    is_actor = ~table.is_nobody
    distance = (mentions.start[number] - table.at[table.quote_of]).clip(0)
    characters = np.where(exists, distance, FAR_AFTER)
    columns.put("not_after", ~exists & is_actor)
    columns.put("characters_after", np.log1p(characters) / 5 * is_actor)
    is_same = mentions.sentence[number] == table.sentence[table.quote_of]
    columns.put("same_sentence_after", exists & is_same)
    is_same = mentions.paragraph[number] == table.paragraph[table.quote_of]
    columns.put("same_paragraph_after", exists & is_same)
