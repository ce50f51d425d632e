"""What the speakers of other quotes tell of a quote's candidates."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.columns import FeatureColumns

QUOTES_TO_LOOK_BACK = 12
QUOTES_TO_LOOK_AHEAD = 4
TYPES_OF_AFFILIATED = ("we", "it", "they", "i")
REACH_BEFORE_PERSON = 80  # characters in which a body is whom somebody speaks for
REACH_AFTER_PERSON = 100  # characters
MOST_MENTIONS_READ = 6


def fill_history(
    table: CandidateTable, columns: FeatureColumns, speakers: Sequence[int | None]
) -> None:
    """Tell of each candidate what else it says, by the number of each quote's speaker.

    A number of None is of a quote whose speaker is not known.
    """
    columns.clear_history()
    fill_totals(table, columns, speakers)
    for place, number in enumerate(table.order):
        low = max(place - QUOTES_TO_LOOK_BACK, 0)
        before = [n for n in reversed(table.order[low:place]) if speakers[n] is not None]
        high = place + 1 + QUOTES_TO_LOOK_AHEAD
        after = [n for n in table.order[place + 1 : high] if speakers[n] is not None]
        fill_quotes_before(table, columns, speakers, number, before)
        fill_quotes_around(table, columns, speakers, number, before, after)
        fill_quotes_outside(table, columns, speakers, number)
    fill_same_words(table, columns, speakers)


def fill_same_words(
    table: CandidateTable, columns: FeatureColumns, speakers: Sequence[int | None]
) -> None:
    """Tell who else is called by the words of a source that names nobody: "the spokesman" again."""
    by_words: defaultdict[int, list[int]] = defaultdict(list)
    for number, source in enumerate(table.sources):
        if source.named is None and source.main_wording:
            by_words[source.main_wording.number].append(number)
    for numbers in by_words.values():
        times = Counter(speakers[number] for number in numbers)
        for number in numbers:
            for speaker, count in times.items():
                if count > (speaker == speakers[number]):
                    row = table.find_row(number, speaker)
                    columns.mark("spoke_by_these_words", row)


def fill_totals(
    table: CandidateTable, columns: FeatureColumns, speakers: Sequence[int | None]
) -> None:
    """Tell how many other quotes of the article each candidate says."""
    numbers = np.array([-1 if speaker is None else speaker for speaker in speakers], np.int64)
    times = np.bincount(numbers[numbers >= 0], minlength=table.nobody)
    if not len(numbers):
        return
    is_own = table.actor_of == numbers[table.quote_of]
    columns.put("total_spoke", np.minimum(table.spread_actors(times) - is_own, 8) / 8)


def fill_quotes_before(
    table: CandidateTable,
    columns: FeatureColumns,
    speakers: Sequence[int | None],
    number: int,
    before: Sequence[int],
) -> None:
    """Tell who spoke before a quote, the latest first."""
    aloud = [other for other in before if table.quotes[other].within is None] or before
    distinct: list[int | None] = []
    is_agreeing_found = False
    for other in aloud:
        speaker = speakers[other]
        if speaker in distinct:
            continue
        distinct.append(speaker)
        row = table.find_row(number, speaker)
        if row is None:
            continue
        paragraphs = int(table.paragraph[number] - table.paragraph[other])
        columns.mark("spoke", row)
        columns.mark("paragraphs_since", row, min(paragraphs, 6) / 3)
        columns.mark("spoke_in_paragraph", row, float(paragraphs == 0))
        if len(distinct) == 1:
            fill_last_speaker(table, columns, number, other, row)
            columns.mark("only_speaker", row, float(len({speakers[n] for n in before}) == 1))
        elif len(distinct) == 2:
            columns.mark("spoke_before_last", row)
        if not is_agreeing_found and columns.get("agrees")[row]:
            columns.mark("last_agreeing", row)
            is_agreeing_found = True
    for speaker, times in Counter(speakers[other] for other in before).items():
        row = table.find_row(number, speaker)
        columns.mark("times_spoke", row, min(times, 6) / 6)
        columns.mark("share_spoke", row, times / len(before))


def fill_last_speaker(
    table: CandidateTable, columns: FeatureColumns, number: int, last: int, row: int
) -> None:
    """Tell of whoever spoke last whether the article has gone on to others since."""
    columns.mark("spoke_last", row)
    is_near = table.paragraph[number] - table.paragraph[last] <= 1
    columns.mark("spoke_near", row, float(is_near))
    is_same_type = table.sources[number].type == table.sources[last].type
    columns.mark("same_pronoun", row, float(is_same_type))
    mentions = table.mentions.list_between(int(table.at[last]) + 1, int(table.at[number]))
    since = set(table.mentions.actor[mentions.start : mentions.stop].tolist())
    since.discard(int(table.actor_of[row]))
    persons = [actor for actor in since if table.actors[actor].kind == "person"]
    columns.mark("persons_since", row, min(len(persons), 5) / 5)


def fill_quotes_around(
    table: CandidateTable,
    columns: FeatureColumns,
    speakers: Sequence[int | None],
    number: int,
    before: Sequence[int],
    after: Sequence[int],
) -> None:
    """Tell who speaks next, and who else speaks in the same sentence."""
    if after:
        row = table.find_row(number, speakers[after[0]])
        columns.mark("speaks_next", row)
        is_here = table.paragraph[after[0]] == table.paragraph[number]
        columns.mark("speaks_next_here", row, float(is_here))
    for other in (*before[:4], *after[:3]):
        is_around = other in table.outer_quotes[number]
        if table.sentence[other] == table.sentence[number] and not is_around:
            columns.mark("speaks_in_sentence", table.find_row(number, speakers[other]))


def fill_quotes_outside(
    table: CandidateTable, columns: FeatureColumns, speakers: Sequence[int | None], number: int
) -> None:
    """Tell who says the words in which a quote stands, and whom they speak for."""
    outer = table.outer_quotes[number]
    for depth, other in enumerate(outer):
        name = "says_outermost" if depth else "says_outer"
        columns.mark(name, table.find_row(number, speakers[other]))
    if not outer or table.sources[number].type not in TYPES_OF_AFFILIATED:
        return
    speaker = speakers[outer[0]]
    if speaker is None:
        return
    for place, span in enumerate(table.actors[speaker].mentions[:MOST_MENTIONS_READ]):
        start, end = span.start - REACH_BEFORE_PERSON, span.start + REACH_AFTER_PERSON
        for mention in table.mentions.list_between(start, end):
            actor = int(table.mentions.actor[mention])
            if table.actors[actor].kind != "person":
                row = table.find_row(number, actor)
                columns.mark("affiliated", row)
                columns.mark("affiliated_first", row, float(place == 0))
