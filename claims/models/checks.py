"""What must hold between a text and the quotes that stand in it: looked at once a text, when a
transaction ends.

Each statement notes the quotes whose places or words it wrote, and the articles whose text it
changed. The first check at the end of the transaction looks at all that was noted, and the others
find nothing left. The text is cut into pieces once, so that a slice costs the same wherever it
stands: `substr` would count the characters from the beginning for each.
"""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

# Characters of the pieces into which a text is cut; a regular expression of PostgreSQL repeats at
# most 255 times.
PIECE = 200
# The columns of a quote on which its check depends.
COLUMNS_CHECKED = (
    "id",
    "article_id",
    "version_id",
    "within_id",
    "source_start",
    "source_end",
    "source_text",
    "cue_start",
    "cue_end",
    "cue",
    "content",
)


def slice_between(start: str, end: str) -> str:
    """Return the SQL of the characters `start` to `end` (not included) of the text that was
    cut into `pieces`.
    """
    first = f"{start} / {PIECE} + 1"
    last = f"({end} - 1) / {PIECE} + 1"
    within = f"{start} % {PIECE} + 1, {end} - {start}"
    return f"""
        CASE WHEN {first} = {last} THEN substr(pieces[{first}], {within})
             ELSE (SELECT substr(string_agg(pieces[number], '' ORDER BY number), {within})
                     FROM generate_series({first}, {last}) number) END"""


# The article is locked, so that its text and its quotes cannot change past each other in two
# transactions at once. A plan is made while the tables are small, and kept: so that rows are found
# by their keys then, too, lookups are lateral, and tables are read from end to end only where
# nothing else can be done. What has just been noted has no key, and is read before that. TRUNCATE
# passes by: were it refused, Django could not empty the tables, which `manage.py flush` and tests
# do so.
QUOTES_ARE_SLICES = f"""
    PERFORM 1 FROM claims_unchecked WHERE id = NEW.id;
    IF NOT FOUND THEN RETURN NULL; END IF;
    WITH noted AS (DELETE FROM claims_unchecked RETURNING quotes, articles)
    SELECT ARRAY(SELECT unnest(quotes) FROM noted), ARRAY(SELECT unnest(articles) FROM noted) INTO written, edited;
    usual := current_setting('enable_seqscan');
    PERFORM set_config('enable_seqscan', 'off', true);
    FOR place IN
        SELECT quote.article_id, quote.version_id, array_agg(quote.id) AS quotes
          FROM (SELECT unnest(written)
                 UNION
                SELECT id FROM claims_quote WHERE article_id = ANY(edited) AND version_id IS NULL) noted (id)
         CROSS JOIN LATERAL (SELECT * FROM claims_quote WHERE id = noted.id OFFSET 0) quote
         GROUP BY quote.article_id, quote.version_id
         ORDER BY quote.article_id, quote.version_id
    LOOP
        SELECT text INTO body FROM claims_article WHERE id = place.article_id FOR SHARE;
        IF place.version_id IS NOT NULL THEN
            SELECT text INTO body FROM claims_articleversion
             WHERE id = place.version_id AND article_id = place.article_id;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'quote %: the version in which it stands is of another article', place.quotes[1]
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END IF;
        pieces := ARRAY(SELECT piece[1] FROM regexp_matches(body, '.{{1,{PIECE}}}', 'gs') piece);
        size := char_length(body);
        SELECT quote.id, reason.fault INTO wrong
          FROM unnest(place.quotes) noted (id)
         CROSS JOIN LATERAL (SELECT * FROM claims_quote WHERE id = noted.id OFFSET 0) quote
         CROSS JOIN LATERAL (
               SELECT string_agg(span.words, ' … ' ORDER BY span.start) AS words, max(span."end") AS furthest,
                      bool_or(span.start < span.before) AS crossing
                 FROM (SELECT s.start, s."end", lag(s."end") OVER (ORDER BY s.start) AS before,
                              {slice_between("s.start", 's."end"')} AS words
                         FROM claims_span s WHERE s.quote_id = quote.id) span) content
         CROSS JOIN LATERAL (
               SELECT max(d."end") AS furthest,
                      bool_or(d.text IS DISTINCT FROM {slice_between("d.start", 'd."end"')}) AS differ
                 FROM claims_detail d WHERE d.quote_id = quote.id) details
         CROSS JOIN LATERAL (
               SELECT CASE
                      WHEN greatest(quote.cue_end, quote.source_end) > size
                      THEN ': a span lies outside the text of article ' || quote.article_id
                      WHEN quote.cue IS DISTINCT FROM {slice_between("quote.cue_start", "quote.cue_end")}
                      THEN ': the cue is not what its span selects'
                      WHEN quote.source_text IS DISTINCT FROM coalesce(
                           {slice_between("quote.source_start", "quote.source_end")}, '')
                      THEN ': the source is not what its span selects'
                      WHEN content.furthest IS NULL THEN ' has no content'
                      WHEN content.furthest > size
                      THEN ': a span lies outside the text of article ' || quote.article_id
                      WHEN content.crossing THEN ': its content spans overlap'
                      WHEN quote.content IS DISTINCT FROM content.words
                      THEN ': the content is not what its spans select'
                      WHEN EXISTS (SELECT FROM claims_quote outside
                                    WHERE outside.id = quote.within_id AND outside.article_id <> quote.article_id)
                        OR EXISTS (SELECT FROM claims_quote inside
                                    WHERE inside.within_id = quote.id AND inside.article_id <> quote.article_id)
                      THEN ': it and the quote that it stands within are of two articles'
                      WHEN quote.within_id IS NOT NULL AND EXISTS (
                           WITH RECURSIVE around (id) AS (
                               SELECT quote.within_id
                                UNION
                               SELECT outside.within_id FROM around CROSS JOIN LATERAL (
                                      SELECT within_id FROM claims_quote WHERE id = around.id OFFSET 0) outside)
                           SELECT FROM around WHERE around.id = quote.id)
                      THEN ' stands within itself'
                      WHEN details.furthest > size THEN ': a detail lies outside the text of its article'
                      WHEN details.differ THEN ': a detail is not what its span selects'
                      END AS fault) reason
         WHERE reason.fault IS NOT NULL
         ORDER BY quote.id LIMIT 1;
        IF wrong.fault IS NOT NULL AND NOT wrong.id = ANY(written) THEN
            RAISE EXCEPTION 'the text of article % cannot change while quotes point into it', place.article_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF wrong.fault IS NOT NULL THEN
            RAISE EXCEPTION 'quote %', wrong.id || wrong.fault USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    PERFORM set_config('enable_seqscan', usual, true);
    RETURN NULL;
"""


class Unchecked(models.Model):
    """Quotes that a statement wrote, and articles whose text it changed.

    No row outlives its transaction.
    """

    quotes = ArrayField(models.BigIntegerField())
    articles = ArrayField(models.BigIntegerField())

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="quotes_are_slices",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[
                    ("written", "bigint[]"),
                    ("edited", "bigint[]"),
                    ("place", "record"),
                    ("body", "text"),
                    ("pieces", "text[]"),
                    ("size", "integer"),
                    ("wrong", "record"),
                    ("usual", "text"),
                ],
                func=QUOTES_ARE_SLICES,
            )
        ]

    def __str__(self) -> str:
        return f"quotes {self.quotes}, articles {self.articles}"


def build_check_when_made(column: str) -> pgtrigger.Trigger:
    """Return the trigger that notes the quotes of new rows; `column` has a quote's id."""
    return build_check_trigger(
        "is_to_be_checked",
        pgtrigger.Insert,
        f"SELECT DISTINCT {column} FROM new_rows",
        new="new_rows",
    )


def build_check_when_changed(column: str, columns: tuple[str, ...]) -> pgtrigger.Trigger:
    """Return the trigger that notes the quotes of rows of which one of these columns has
    another value.
    """
    values = ", ".join(f'"{name}"' for name in columns)
    changed = f"SELECT {values} FROM new_rows EXCEPT SELECT {values} FROM old_rows"
    rows = f"SELECT DISTINCT {column} FROM ({changed}) changed"
    return build_check_trigger(
        "change_is_to_be_checked", pgtrigger.Update, rows, new="new_rows", old="old_rows"
    )


def build_check_when_gone(column: str) -> pgtrigger.Trigger:
    """Return the trigger that notes the quotes of rows that were deleted."""
    return build_check_trigger(
        "removal_is_to_be_checked",
        pgtrigger.Delete,
        f"SELECT DISTINCT {column} FROM old_rows",
        old="old_rows",
    )


def build_check_trigger(
    name: str, operation: Any, rows: str, **referencing: str
) -> pgtrigger.Trigger:
    """Return a trigger that notes the quotes that `rows` selects, once a statement, and
    nothing where there are none.
    """
    noted = f"SELECT array_agg(quote), ARRAY[]::bigint[] FROM ({rows}) written (quote) HAVING count(*) > 0"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**referencing),  # type: ignore[no-untyped-call]
        func=f"INSERT INTO claims_unchecked (quotes, articles) {noted}; RETURN NULL;",
    )


TEXT_IS_CHECKED = pgtrigger.Trigger(
    name="text_stands_under_quotes",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
    func="""
        INSERT INTO claims_unchecked (quotes, articles) VALUES (ARRAY[]::bigint[], ARRAY[NEW.id]);
        RETURN NULL;
    """,
)
SPAN_STAYS_WITH_ITS_QUOTE = pgtrigger.Trigger(
    name="span_stays_with_its_quote",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("quote_id"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("OLD.quote_id IS DISTINCT FROM NEW.quote_id"),
    func="""
        RAISE EXCEPTION 'span % belongs to its quote and cannot move to another', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    """,
)
