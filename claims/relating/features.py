"""What speaks for and against two quotes being one, as numbers with names."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.extraction.lexicon.words import word_set
from claims.relating.alignment import Alignment, align, count_quoted
from claims.relating.anaphora import (
    get_fit_of_anaphor,
    get_nearness,
    is_of_press,
    names_opponent,
    names_replier,
    takes_up_press,
)
from claims.relating.meaning import (
    Feature,
    compare_meaning,
    get_likeness_of_topics,
    weigh,
)
from claims.relating.names import Name, compare_names, find_state, has_alike
from claims.relating.parts import SHORTEST_RUN, list_parts
from claims.relating.polarity import compare_polarity
from claims.relating.profiles import Profile
from claims.relating.quantities import Quantity, compare_quantities
from claims.relating.segments import Segment
from claims.relating.times import Times, compare_times
from claims.relating.vocabulary import Floats
from claims.relating.words import SMALL_WORDS

WORDS_BETWEEN = word_set("and or <end> 's")
WORDS_BEFORE_PLACES = word_set("in of by from to for against near with at on over between")
SUBJECTS_FOR_SPEAKERS = word_set("i we it he she they")
WORDS_BEFORE_SUBJECT = 3
PERSONS_FIRST = word_set("i we my our me us")
PERSONS_THIRD = word_set("he she they his her their him them")
WORDS_OF_REASON = word_set("because since due")
LIKE_REASON = 0.5
WORDS_FAR_APART = 9
MARKS_OF_A_CUT = ("…", "...", "[", "“", "”", '"', "\n")
SHORTEST_DIRECT_RUN = 4
SHARE_OF_DIRECT = 0.6
SHORTEST_INDIRECT_RUN = 7
SHARE_OF_INDIRECT = 0.75


def list_features(a: Profile, b: Profile) -> dict[str, float]:
    """Return the features of a pair, by name. Those of denying and answering are of b to a."""
    features: dict[str, float] = {}
    for compare in (
        compare_wording,
        compare_meaning,
        compare_facts,
        compare_polarity,
        compare_circumstances,
    ):
        features.update(compare(a, b))
    features.update(join_features(features))
    return features


def join_features(features: dict[str, float]) -> Iterator[Feature]:
    """Yield what only together says that one quote is against the other."""
    covered = features["meaning covered in focus, more"]
    contrary = features["other polarity"] * covered
    yield "contrary", contrary
    yield "contrary by another", contrary * features["other speaker"]
    rivals = ("rival numbers", "rival times", "rival names", "opposites", "other reason")
    yield "rivals", float(sum(features[name] > 0 for name in rivals))
    yield "rivals, covered", covered * any(features[name] > 0 for name in rivals)


def compare_wording(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield how much of the words is the same, in the same order, and inside marks."""
    alignment = align(a.keys, b.keys)
    shorter = max(1, min(len(a.keys), len(b.keys)))
    longer = max(1, len(a.keys), len(b.keys))
    yield "longest run", min(alignment.longest, 25)
    yield "longest run / shorter", alignment.longest / shorter
    yield "in runs of 3 / shorter", min(1.0, alignment.count(SHORTEST_RUN) / shorter)
    yield "in runs of 3 / longer", min(1.0, alignment.count(SHORTEST_RUN) / longer)
    yield "in order / shorter", min(1.0, alignment.count() / shorter)
    yield "in order / longer", min(1.0, alignment.count() / longer)
    shared = (Counter(a.keys) & Counter(b.keys)).total()
    yield "words shared / shorter", shared / shorter
    yield "longest run but for names", min(count_longest_without_names(a, alignment), 20)
    yield from compare_quoted_words(a, b, alignment)
    yield "words of shorter", math.log1p(shorter)
    yield "words of longer", math.log1p(longer)
    yield "shorter / longer", shorter / longer
    yield "same forms", compute_share_of_same_forms(a, b, alignment)
    yield "copied by rule", float(is_copy_by_rule(a, b, alignment))
    yield "other person", float(has_other_person(a, b, alignment))
    yield "other reason", float(is_other_reason(a, b))
    yield "spliced", float(is_spliced(a, b, alignment))


def count_longest_without_names(a: Profile, alignment: Alignment) -> int:
    """Return how long the longest run is where words of names, which nobody rewords, are not counted."""
    lengths = [0]
    for run in alignment.runs:
        words = a.words[run.in_a : run.in_a + run.length]
        lengths.append(sum(word.begins_sentence or not word.is_capitalized for word in words))
    return max(lengths)


def is_copy_by_rule(a: Profile, b: Profile, alignment: Alignment) -> bool:
    """Return whether two quotes are one utterance by the words alone.

    Direct words are where four of the same stand in a row inside marks, and most of what the
    shorter has inside marks; indirect ones where seven stand in a row, or three quarters in order.
    """
    both, longest_in_both, _ = count_quoted(alignment, a.quoted, b.quoted)
    fewer_quoted = min(sum(a.quoted), sum(b.quoted))
    if longest_in_both >= SHORTEST_DIRECT_RUN and both >= SHARE_OF_DIRECT * fewer_quoted:
        return True
    shorter = min(len(a.keys), len(b.keys))
    in_order = alignment.count(2) >= SHARE_OF_INDIRECT * shorter and shorter >= SHORTEST_DIRECT_RUN
    return alignment.longest >= SHORTEST_INDIRECT_RUN or in_order


def compare_quoted_words(a: Profile, b: Profile, alignment: Alignment) -> Iterator[Feature]:
    both, longest_in_both, longest_in_one = count_quoted(alignment, a.quoted, b.quoted)
    quoted_in_a, quoted_in_b = sum(a.quoted), sum(b.quoted)
    fewer_quoted = min(quoted_in_a, quoted_in_b)
    share_of_a = quoted_in_a / max(1, len(a.keys))
    share_of_b = quoted_in_b / max(1, len(b.keys))
    yield "same words quoted", min(both, 20)
    yield "same words quoted / fewer", min(1.0, both / max(1, fewer_quoted))
    yield "longest run quoted in both", min(longest_in_both, 20)
    yield "longest run quoted in one", min(longest_in_one, 20)
    yield (
        "longest run quoted in one / quoted",
        min(1.0, longest_in_one / max(1, fewer_quoted or max(quoted_in_a, quoted_in_b))),
    )
    yield "quoted topics shared", compute_share_of_quoted_topics(a, b)
    yield "quoted share, less", min(share_of_a, share_of_b)
    yield "quoted share, more", max(share_of_a, share_of_b)


def compute_share_of_quoted_topics(a: Profile, b: Profile) -> float:
    """Return of what the one that has less of it says inside marks, how much the other has there.

    A reporter may keep two words of an answer, each in marks of its own.
    """
    quoted_in_a, quoted_in_b = list_quoted_topics(a), list_quoted_topics(b)
    fewer = min(len(quoted_in_a), len(quoted_in_b))
    return len(quoted_in_a & quoted_in_b) / fewer if fewer else 0.0


def list_quoted_topics(profile: Profile) -> set[str]:
    return {
        key
        for number, key in zip(profile.topics, profile.topic_keys, strict=True)
        if profile.quoted[number]
    }


def has_other_person(a: Profile, b: Profile, alignment: Alignment) -> bool:
    """Return whether direct words that are the same otherwise are of other people: "our", "their"."""
    if not (a.is_direct and b.is_direct):
        return False
    for before, behind in pairwise(alignment.runs):
        gap_a = a.forms[before.in_a + before.length : behind.in_a]
        gap_b = b.forms[before.in_b + before.length : behind.in_b]
        if is_other_person(gap_a, gap_b):
            return True
    for run in alignment.runs:
        for step in range(run.length):
            place_a, place_b = run.in_a + step, run.in_b + step
            if is_other_person((a.forms[place_a],), (b.forms[place_b],)):
                return True
    return False


def is_spliced(a: Profile, b: Profile, alignment: Alignment) -> bool:
    """Return whether direct words that follow each other in one stand far apart in the other.

    No ellipsis tells so; then it is chance that the other has them all.
    """
    if not (a.is_direct and b.is_direct):
        return False
    runs = [run for run in alignment.runs if run.length > 1]
    for before, behind in pairwise(runs):
        gap_a = behind.in_a - before.in_a - before.length
        gap_b = behind.in_b - before.in_b - before.length
        if min(gap_a, gap_b) < 0 or min(gap_a, gap_b) > 1 or max(gap_a, gap_b) < WORDS_FAR_APART:
            continue
        shorter, at = (a, behind.in_a) if gap_a < gap_b else (b, behind.in_b)
        if not has_ellipsis_before(shorter, at):
            return True
    return False


def has_ellipsis_before(profile: Profile, number: int) -> bool:
    """Return whether something is left out before a word, or a new stretch of speech begins."""
    start = profile.words[max(0, number - 2)].end
    between = profile.utterance.text[start : profile.words[number].start]
    return any(mark in between for mark in MARKS_OF_A_CUT)


def is_other_person(of_a: Sequence[str], of_b: Sequence[str]) -> bool:
    first_a, first_b = PERSONS_FIRST.intersection(of_a), PERSONS_FIRST.intersection(of_b)
    third_a, third_b = PERSONS_THIRD.intersection(of_a), PERSONS_THIRD.intersection(of_b)
    return bool((first_a and third_b and not first_b) or (third_a and first_b and not first_a))


def is_other_reason(a: Profile, b: Profile) -> bool:
    """Return whether both tell a reason, and not the same."""
    reason_a, reason_b = find_reason(a), find_reason(b)
    if reason_a is None or reason_b is None:
        return False
    topics_a = [place for place, topic in enumerate(a.topics) if topic > reason_a]
    topics_b = [place for place, topic in enumerate(b.topics) if topic > reason_b]
    if not topics_a or not topics_b:
        return False
    likeness: Floats = get_likeness_of_topics(a, b)[topics_a][:, topics_b]
    covered = weigh(likeness.max(1), a.rarities[topics_a])
    covering = weigh(likeness.max(0), b.rarities[topics_b])
    return max(covered, covering) < LIKE_REASON


def find_reason(profile: Profile) -> int | None:
    for number, form in enumerate(profile.forms):
        if form in WORDS_OF_REASON:
            return number
    return None


def compute_share_of_same_forms(a: Profile, b: Profile, alignment: Alignment) -> float:
    """Return of the words that stand in both in order, how many have the very same form."""
    same = 0
    for run in alignment.runs:
        for step in range(run.length):
            same += a.forms[run.in_a + step] == b.forms[run.in_b + step]
    return same / max(1, alignment.count())


def compare_facts(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield which names, numbers and times are shared, and which differ."""
    focus_a, focus_b = list_parts(a, b)
    names = compare_names(list_names_of(focus_a), list_names_of(focus_b))
    alone_in_a = leave_out_names(names.alone_in_a, b.speaker_names)
    alone_in_b = leave_out_names(names.alone_in_b, a.speaker_names)
    yield "names shared", min(names.shared, 6)
    yield "names alone, less", min(len(alone_in_a), len(alone_in_b), 5)
    yield "names alone, more", min(max(len(alone_in_a), len(alone_in_b)), 8)
    fewer = max(1, min(len(list_names_of(focus_a)), len(list_names_of(focus_b))))
    yield "names shared / fewer", names.shared / fewer
    yield "rival names", float(has_rival_names(a, b, alone_in_a, alone_in_b))
    yield "other subject", float(is_other_subject(a, b))
    quantities = compare_quantities(list_quantities_of(focus_a), list_quantities_of(focus_b))
    yield "numbers shared", min(quantities.shared, 4)
    yield "numbers alone, less", min(quantities.alone_in_a, quantities.alone_in_b, 4)
    yield "numbers alone, more", min(max(quantities.alone_in_a, quantities.alone_in_b), 4)
    yield "rival numbers", min(quantities.rivals, 3)
    yield "rival numbers, none shared", float(quantities.rivals > 0 and quantities.shared == 0)
    times = compare_times(join_times(focus_a), join_times(focus_b))
    yield "times shared", min(times.shared, 3)
    yield "rival times", min(times.rivals, 3)


def list_names_of(segments: Sequence[Segment]) -> list[Name]:
    return list(dict.fromkeys(name for segment in segments for name in segment.names))


def has_rival_names(
    a: Profile, b: Profile, alone_in_a: Sequence[Name], alone_in_b: Sequence[Name]
) -> bool:
    """Return whether a name of one stands where the other has another name."""
    places_of_a = {place for name in alone_in_a for place in list_places(a, name)}
    places_of_b = {place for name in alone_in_b for place in list_places(b, name)}
    return bool(places_of_a & places_of_b)


def list_places(profile: Profile, name: Name) -> Iterator[tuple[str, str]]:
    """Yield the words around a name, those before and those behind it."""
    last = name[-1].casefold().strip("=").split()[-1]
    for number, word in enumerate(profile.words):
        if not word.is_capitalized or not (word.form == last or is_state_word(word.form, name)):
            continue
        first = max(0, number - len(name) + 1)
        before = profile.keys[first - 1] if first else "<start>"
        behind = profile.keys[number + 1] if number + 1 < len(profile.keys) else "<end>"
        if behind not in WORDS_BETWEEN:
            yield "behind", behind
        if before in WORDS_BEFORE_PLACES or before not in SMALL_WORDS:
            yield "before", before


def is_state_word(form: str, name: Name) -> bool:
    return f"={find_state(form)}" == name[0]


def is_other_subject(a: Profile, b: Profile) -> bool:
    """Return whether each speaks of himself, and the two are not one: "it would sell"."""
    if not (a.speaker_names and b.speaker_names) or is_same_speaker(a, b):
        return False
    return all(
        any(form in SUBJECTS_FOR_SPEAKERS for form in profile.forms[:WORDS_BEFORE_SUBJECT])
        for profile in (a, b)
    )


def list_quantities_of(segments: Sequence[Segment]) -> list[Quantity]:
    return [quantity for segment in segments for quantity in segment.quantities]


def join_times(segments: Sequence[Segment]) -> Times:
    days = frozenset(day for segment in segments for day in segment.times.days)
    words = frozenset(word for segment in segments for word in segment.times.words)
    return Times(days, words)


def leave_out_names(names: tuple[Name, ...], known: tuple[Name, ...]) -> list[Name]:
    """Return the names but for those of somebody who is not named because he speaks."""
    return [name for name in names if not has_alike(name, known)]


def compare_circumstances(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield who speaks, and where the quotes stand."""
    one, other = a.utterance, b.utterance
    is_same_article = bool(one.article) and one.article == other.article
    yield "same article", float(is_same_article)
    yield "b after a", float(is_same_article and one.content[0] < other.content[0])
    is_same = is_same_speaker(a, b)
    yield "same speaker", float(is_same)
    is_known = bool(one.speaker and other.speaker)
    yield "other speaker", float(is_known and not is_same)
    yield "b's speaker in a", float(names_replier(b, a))
    yield "a's speaker in b", float(names_opponent(b, a))
    yield "near", get_nearness(other, one)
    yield "fit of anaphor", get_fit_of_anaphor(b, a)
    yield "press for press", float(takes_up_press(b) and is_of_press(a))
    yield "same act", float(a.act == b.act)
    yield "words of b", math.log1p(len(b.keys))
    yield "words of a", math.log1p(len(a.keys))


def is_same_speaker(a: Profile, b: Profile) -> bool:
    one, other = a.utterance.speaker.casefold(), b.utterance.speaker.casefold()
    if one and one == other:
        return True
    return any(has_alike(name, b.speaker_names) for name in a.speaker_names)
