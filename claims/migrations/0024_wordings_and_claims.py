"""What was a claim is a wording, and a claim is a group of wordings."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

HISTORY_TRIGGERS = ('insert_insert', 'update_update', 'delete_delete')

# What was kept of a quote as JSON has its columns by their names.
RENAME_IN_DECISIONS = """
    CREATE FUNCTION pg_temp.rename_claim(kept jsonb) RETURNS jsonb LANGUAGE sql AS $$
        SELECT CASE WHEN kept ? 'claim' THEN
               jsonb_set(kept - 'claim', '{quote}',
                         (kept->'quote') - 'claim_id'
                         || jsonb_build_object('wording_id', kept->'quote'->'claim_id'))
               || jsonb_build_object('wording', kept->'claim')
               ELSE kept END
    $$;
    ALTER TABLE claims_decision DISABLE TRIGGER USER;
    UPDATE claims_decision SET before = pg_temp.rename_claim(before), after = pg_temp.rename_claim(after);
    ALTER TABLE claims_decision ENABLE TRIGGER USER;
    UPDATE claims_decisionevent SET before = pg_temp.rename_claim(before), after = pg_temp.rename_claim(after);
    DROP FUNCTION pg_temp.rename_claim(jsonb);
"""
RENAME_IN_MERGES = """
    UPDATE claims_mergedrow
       SET before = before - 'claim_id' || jsonb_build_object('wording_id', before->'claim_id')
     WHERE "table" = 'quote' AND before ? 'claim_id';
    UPDATE claims_mergedrow
       SET after = after - 'claim_id' || jsonb_build_object('wording_id', after->'claim_id')
     WHERE "table" = 'quote' AND after ? 'claim_id';
"""


def remove_history_triggers(model):
    return [
        pgtrigger.migrations.RemoveTrigger(model_name=model, name=name) for name in HISTORY_TRIGGERS
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0023_bulk'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *remove_history_triggers('claim'),
        *remove_history_triggers('quote'),
        migrations.RenameModel('Claim', 'Wording'),
        migrations.RenameModel('ClaimEvent', 'WordingEvent'),
        migrations.RenameField('quote', 'claim', 'wording'),
        migrations.RenameField('quoteevent', 'claim', 'wording'),
        migrations.RunSQL(RENAME_IN_DECISIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RENAME_IN_MERGES, migrations.RunSQL.noop),
        # A table that has checks to come at the end of the transaction cannot be altered.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL DEFERRED', migrations.RunSQL.noop),
        migrations.CreateModel(
            name='FormerClaim',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('wording', models.BigIntegerField(db_index=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('copy', 'the same words'), ('paraphrase', 'the same in other words'), ('denies', 'denies it'), ('answers', 'answers it'), ('narrows', 'says part of it'), ('conflicts', 'tells it otherwise')], max_length=10)),
                ('score', models.FloatField(help_text='how likely that is, 0 to 1')),
                ('evidence', models.JSONField(blank=True, default=list, help_text='codes for and against')),
                ('status', models.CharField(choices=[('sure', 'sure'), ('proposed', 'proposed'), ('confirmed', 'confirmed by a person'), ('refused', 'refused by a person')], max_length=9)),
                ('found', models.CharField(blank=True, choices=[('sure', 'sure'), ('proposed', 'proposed')], help_text='empty: a person alone says so', max_length=9)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'matches',
                'ordering': ['-score', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MatchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('copy', 'the same words'), ('paraphrase', 'the same in other words'), ('denies', 'denies it'), ('answers', 'answers it'), ('narrows', 'says part of it'), ('conflicts', 'tells it otherwise')], max_length=10)),
                ('score', models.FloatField(help_text='how likely that is, 0 to 1')),
                ('evidence', models.JSONField(blank=True, default=list, help_text='codes for and against')),
                ('status', models.CharField(choices=[('sure', 'sure'), ('proposed', 'proposed'), ('confirmed', 'confirmed by a person'), ('refused', 'refused by a person')], max_length=9)),
                ('found', models.CharField(blank=True, choices=[('sure', 'sure'), ('proposed', 'proposed')], help_text='empty: a person alone says so', max_length=9)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unrelated',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='WordingPrint',
            fields=[
                ('wording', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='fingerprint', serialize=False, to='claims.wording')),
                ('runs', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('read_as', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
            ],
            options={
                'ordering': ['-id'],
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('claims.wording',),
        ),
        migrations.AddField(
            model_name='wording',
            name='claim',
            field=models.ForeignKey(null=True, editable=False, help_text='the first wording of those that say the same', on_delete=django.db.models.deletion.DO_NOTHING, related_name='wordings', to='claims.claim'),
        ),
        # Each claim that there was is one wording, and a claim of the same number.
        migrations.RunSQL('UPDATE claims_wording SET claim_id = id', migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL DEFERRED', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='wording',
            name='claim',
            field=models.ForeignKey(editable=False, help_text='the first wording of those that say the same', on_delete=django.db.models.deletion.DO_NOTHING, related_name='wordings', to='claims.claim'),
        ),
        migrations.RenameIndex(
            model_name='wording',
            new_name='wording_search',
            old_name='claim_search',
        ),
        migrations.RenameIndex(
            model_name='wordingevent',
            new_name='claims_word_pgh_cre_a01470_idx',
            old_name='claims_clai_pgh_cre_cfeb66_idx',
        ),
        migrations.AddField(
            model_name='wording',
            name='is_proposition',
            field=models.BooleanField(db_default=True, default=True, editable=False, help_text='false: words that say nothing by themselves, and are in no list of claims'),
        ),
        migrations.AlterField(
            model_name='quote',
            name='wording',
            field=models.ForeignKey(help_text='the words of its content', on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='claims.wording'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='wording',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text='the words of its content', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.wording'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='its_wording_waits', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO claims_unrelated (wording) SELECT DISTINCT wording_id FROM new_rows; RETURN NULL;', hash='cee77de102e7a251b53a25be56d83afb6fe342c7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_its_wording_waits_22f43', referencing='REFERENCING NEW TABLE AS new_rows ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='changed_wording_waits', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO claims_unrelated (wording) \n        SELECT wording_id FROM (SELECT id, article_id, wording_id, version_id, actor_id, status, stance, source_text, cue, content FROM new_rows EXCEPT SELECT id, article_id, wording_id, version_id, actor_id, status, stance, source_text, cue, content FROM old_rows) after UNION SELECT wording_id FROM (SELECT id, article_id, wording_id, version_id, actor_id, status, stance, source_text, cue, content FROM old_rows EXCEPT SELECT id, article_id, wording_id, version_id, actor_id, status, stance, source_text, cue, content FROM new_rows) before\n    ; RETURN NULL;', hash='204e13b1b9a692b59bda0503e326350c10884cbd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_wording_waits_3f959', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='left_wording_waits', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO claims_unrelated (wording) SELECT DISTINCT wording_id FROM old_rows; RETURN NULL;', hash='25dcb038d9e53d5768b633cb7404264e2b6dc9c5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_left_wording_waits_b6bf1', referencing='REFERENCING OLD TABLE AS old_rows ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quoteevent" ("act", "act_confidence", "actor_confidence", "actor_id", "actor_method", "added_at", "article_id", "confidence", "content", "cue", "cue_end", "cue_start", "extractor", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runners_up", "said_on", "source_end", "source_start", "source_text", "stance", "status", "version_id", "within_id", "wording_id") SELECT new_values."act", new_values."act_confidence", new_values."actor_confidence", new_values."actor_id", new_values."actor_method", new_values."added_at", new_values."article_id", new_values."confidence", new_values."content", new_values."cue", new_values."cue_end", new_values."cue_start", new_values."extractor", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."runners_up", new_values."said_on", new_values."source_end", new_values."source_start", new_values."source_text", new_values."stance", new_values."status", new_values."version_id", new_values."within_id", new_values."wording_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b6f0662a33fa8adaabecef4986fa97782d700a24', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_105ea', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."act_confidence" IS DISTINCT FROM (NEW."act_confidence") OR OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."actor_confidence" IS DISTINCT FROM (NEW."actor_confidence") OR OLD."actor_method" IS DISTINCT FROM (NEW."actor_method") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."cue" IS DISTINCT FROM (NEW."cue") OR OLD."cue_end" IS DISTINCT FROM (NEW."cue_end") OR OLD."cue_start" IS DISTINCT FROM (NEW."cue_start") OR OLD."extractor" IS DISTINCT FROM (NEW."extractor") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."runners_up" IS DISTINCT FROM (NEW."runners_up") OR OLD."said_on" IS DISTINCT FROM (NEW."said_on") OR OLD."source_end" IS DISTINCT FROM (NEW."source_end") OR OLD."source_start" IS DISTINCT FROM (NEW."source_start") OR OLD."source_text" IS DISTINCT FROM (NEW."source_text") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id") OR OLD."within_id" IS DISTINCT FROM (NEW."within_id") OR OLD."wording_id" IS DISTINCT FROM (NEW."wording_id"))', func='INSERT INTO "claims_quoteevent" ("act", "act_confidence", "actor_confidence", "actor_id", "actor_method", "added_at", "article_id", "confidence", "content", "cue", "cue_end", "cue_start", "extractor", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runners_up", "said_on", "source_end", "source_start", "source_text", "stance", "status", "version_id", "within_id", "wording_id") VALUES (NEW."act", NEW."act_confidence", NEW."actor_confidence", NEW."actor_id", NEW."actor_method", NEW."added_at", NEW."article_id", NEW."confidence", NEW."content", NEW."cue", NEW."cue_end", NEW."cue_start", NEW."extractor", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."runners_up", NEW."said_on", NEW."source_end", NEW."source_start", NEW."source_text", NEW."stance", NEW."status", NEW."version_id", NEW."within_id", NEW."wording_id"); RETURN NULL;', hash='5b2475250af503b2e4d1a148994ecbd630207d28', operation='UPDATE', pgid='pgtrigger_update_update_77608', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quoteevent" ("act", "act_confidence", "actor_confidence", "actor_id", "actor_method", "added_at", "article_id", "confidence", "content", "cue", "cue_end", "cue_start", "extractor", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runners_up", "said_on", "source_end", "source_start", "source_text", "stance", "status", "version_id", "within_id", "wording_id") SELECT old_values."act", old_values."act_confidence", old_values."actor_confidence", old_values."actor_id", old_values."actor_method", old_values."added_at", old_values."article_id", old_values."confidence", old_values."content", old_values."cue", old_values."cue_end", old_values."cue_start", old_values."extractor", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."runners_up", old_values."said_on", old_values."source_end", old_values."source_start", old_values."source_text", old_values."stance", old_values."status", old_values."version_id", old_values."within_id", old_values."wording_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ff974d9f13b902dbf403e49c94124e0789074972', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_91dbe', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='is_a_claim_of_its_own', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.claim_id IS NULL)', func='NEW.claim_id = NEW.id; RETURN NEW;', hash='b6c6c07613d22ab81e1abaeb7e5ebcf30f4574c7', operation='INSERT', pgid='pgtrigger_is_a_claim_of_its_own_d2b24', table='claims_wording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='its_address_stays_with_the_claim', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO claims_formerclaim (number, wording)\n        SELECT gone.id, heir.id\n          FROM old_rows gone\n         CROSS JOIN LATERAL (\n               SELECT id FROM claims_wording WHERE claim_id = gone.claim_id ORDER BY id LIMIT 1) heir\n            ON CONFLICT (number) DO UPDATE SET wording = excluded.wording;\n        UPDATE claims_formerclaim former SET wording = later.wording\n          FROM claims_formerclaim later\n         WHERE former.wording = later.number AND later.number IN (SELECT id FROM old_rows);\n        INSERT INTO claims_unrelated (wording)\n        SELECT id FROM claims_wording WHERE claim_id IN (SELECT claim_id FROM old_rows);\n        UPDATE claims_wording rest SET claim_id = former.wording\n          FROM claims_formerclaim former\n         WHERE rest.claim_id = former.number AND former.number IN (SELECT id FROM old_rows);\n        DELETE FROM claims_match WHERE first_id IN (SELECT id FROM old_rows);\n        DELETE FROM claims_match WHERE second_id IN (SELECT id FROM old_rows);\n        DELETE FROM claims_wordingprint WHERE wording_id IN (SELECT id FROM old_rows);\n        RETURN NULL;\n    ', hash='4f489a0821f8373a83cf5ddf4b37d845321a5fd1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_its_address_stays_with_the_claim_1ccec', referencing='REFERENCING OLD TABLE AS old_rows ', table='claims_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='quotes_change_with_the_claim', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.claim_id IS DISTINCT FROM NEW.claim_id OR OLD.is_proposition IS DISTINCT FROM NEW.is_proposition)', func='\n        PERFORM 1 FROM claims_wording WHERE id = NEW.id FOR UPDATE;\n        INSERT INTO claims_change (quote_id) SELECT id FROM claims_quote WHERE wording_id = NEW.id;\n        RETURN NULL;\n    ', hash='b3e1fb09ccf77f744a4477f708e9e0fd82578456', operation='UPDATE OF "claim_id", "is_proposition"', pgid='pgtrigger_quotes_change_with_the_claim_86f90', table='claims_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_wordingevent" ("id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='392bcab5babaefe70d7eff1844255cf4b4c0c96d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_51460', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."text" IS DISTINCT FROM (NEW."text"))', func='INSERT INTO "claims_wordingevent" ("id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;', hash='022f33851820e4c796427e5b652c9184012b3d49', operation='UPDATE', pgid='pgtrigger_update_update_26a4f', table='claims_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_wordingevent" ("id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a63ccc47ed97856810a3c68431401f3265b9afd9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6dc57', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_wording', when='AFTER')),
        ),
        migrations.AddField(
            model_name='match',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='match',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.wording'),
        ),
        migrations.AddField(
            model_name='match',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.wording'),
        ),
        migrations.AddField(
            model_name='matchevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='matchevent',
            name='first',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.wording'),
        ),
        migrations.AddField(
            model_name='matchevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='matchevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.match'),
        ),
        migrations.AddField(
            model_name='matchevent',
            name='second',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.wording'),
        ),
        migrations.AddIndex(
            model_name='wordingprint',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['runs'], name='wording_runs'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.CheckConstraint(condition=models.Q(('claim__lte', models.F('id'))), name='claim_has_the_number_of_its_first_wording'),
        ),
        migrations.AddIndex(
            model_name='match',
            index=models.Index(condition=models.Q(('status', 'proposed')), fields=['-score', 'id'], name='match_proposed'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('first', 'second'), django.db.models.functions.comparison.Greatest('first', 'second'), name='match_is_one_row_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='match_is_of_two_wordings'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['copy', 'paraphrase', 'denies', 'answers', 'narrows', 'conflicts'])), name='match_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['sure', 'proposed', 'confirmed', 'refused'])), name='match_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('status__in', ('confirmed', 'refused'))), models.Q(models.Q(('status__in', ('confirmed', 'refused')), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='match_decision_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (0, 1)), _connector='OR'), name='match_score_is_a_share'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='match',
            trigger=pgtrigger.compiler.Trigger(name='decided_match_waits', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF TG_OP <> 'INSERT' AND OLD.decided_at IS NOT NULL THEN\n            INSERT INTO claims_unrelated (wording) VALUES (OLD.first_id), (OLD.second_id);\n        ELSIF TG_OP <> 'DELETE' AND NEW.decided_at IS NOT NULL THEN\n            INSERT INTO claims_unrelated (wording) VALUES (NEW.first_id), (NEW.second_id);\n        END IF;\n        RETURN NULL;\n    ", hash='b9fe29dcde4bd4ebec818329fb2c457da818a8c9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_decided_match_waits_b575c', table='claims_match', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='match',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_matchevent" ("decided_at", "decided_by_id", "evidence", "first_id", "found", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "second_id", "status") SELECT new_values."decided_at", new_values."decided_by_id", new_values."evidence", new_values."first_id", new_values."found", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."score", new_values."second_id", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f142f871b7c9c357109a59baef50973a0ea7998c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_27963', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_match', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='match',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_matchevent" ("decided_at", "decided_by_id", "evidence", "first_id", "found", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "second_id", "status") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."evidence", NEW."first_id", NEW."found", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."score", NEW."second_id", NEW."status"); RETURN NULL;', hash='31525ac3353421d1bc4cec014778981d1ff8f5f9', operation='UPDATE', pgid='pgtrigger_update_update_22faa', table='claims_match', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='match',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_matchevent" ("decided_at", "decided_by_id", "evidence", "first_id", "found", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "second_id", "status") SELECT old_values."decided_at", old_values."decided_by_id", old_values."evidence", old_values."first_id", old_values."found", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."score", old_values."second_id", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='752dd86b2e3feb50583568ce37df5ef41205a828', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_99a0c', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_match', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='matchevent',
            index=models.Index(fields=['pgh_created_at'], name='claims_matc_pgh_cre_6cd46c_idx'),
        ),
        # What is there already waits to be related, too.
        migrations.RunSQL(
            'INSERT INTO claims_unrelated (wording) SELECT id FROM claims_wording', migrations.RunSQL.noop
        ),
    ]
