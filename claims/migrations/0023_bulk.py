import re

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, GeneratedField, TextField, Value

LONGEST_PUBLISHER = 200
LONGEST_KEY = 2000
ARTICLES_AT_ONCE = 1000

# Indexes that Django makes beside those of unique texts, for searches by their beginning: nobody
# searches so. Their names do not change, as Django makes them of table and column.
INDEXES_BY_BEGINNING = {
    'claims_claim_key_4cad74a5_like': ('claims_claim', 'key'),
    'claims_article_key_de5bcf5e_like': ('claims_article', 'key'),
    'claims_actor_slug_16195d34_like': ('claims_actor', 'slug'),
}


# Search columns whose marks are replaced one by one. A generated column cannot be altered, only made
# anew; PostgreSQL drops its index with it.


def build_plain_column(column):
    plain = F(column)
    for mark, plain_mark in zip('“”„«»‘’‚‛`´\u00a0', '"' * 5 + "'" * 6 + ' '):
        plain = Func(plain, Value(mark), Value(plain_mark), function='replace', output_field=TextField())
    return plain


def build_vector(column, **weight):
    return SearchVector(build_plain_column(column), config='english', **weight)


def make_anew(model, name, expression, index):
    field = GeneratedField(db_persist=True, expression=expression, output_field=SearchVectorField())
    return [
        migrations.RemoveIndex(model, index),
        migrations.RemoveField(model, name),
        migrations.AddField(model, name, field),
        migrations.AddIndex(model, GinIndex(fields=[name], name=index)),
    ]


# Articles without an address, whose keys were made of their publisher as written


def give_keys_of_now(apps, schema_editor):
    """Give articles without an address the keys that documents have now: no blanks around the publisher.

    Where another article has that key already the two may well be one: they are offered to curators.
    """
    Article = apps.get_model('claims', 'Article')
    articles = Article.objects.filter(url='', key__startswith='id:').order_by('pk').values_list('pk', 'key')
    last = 0
    while batch := list(articles.filter(pk__gt=last)[:ARTICLES_AT_ONCE]):
        last = batch[-1][0]
        for pk, key in batch:
            clear = build_key_of_now(key)
            if clear != key:
                give_key(apps, pk, clear)
    give_names_of_now(apps)


def give_key(apps, pk, key):
    Article = apps.get_model('claims', 'Article')
    ArticleAddress = apps.get_model('claims', 'ArticleAddress')
    owner = Article.objects.filter(key=key).values_list('pk', flat=True).first()
    if owner is None:
        Article.objects.filter(pk=pk).update(key=key)
        return
    known = ArticleAddress.objects.filter(address=key, of_another=False)
    if not known.exists():
        ArticleAddress.objects.create(article_id=owner, address=key)
    if not known.filter(article=pk).exists():
        ArticleAddress.objects.create(article_id=pk, address=key, of_another=True)


def give_names_of_now(apps):
    """Bring the keys of merged articles, by which those that they are one with are known, to the same form."""
    ArticleAddress = apps.get_model('claims', 'ArticleAddress')
    names = ArticleAddress.objects.filter(address__startswith='id:', of_another=False)
    for pk, name in list(names.values_list('pk', 'address')):
        clear = build_key_of_now(name)
        if clear != name and not ArticleAddress.objects.filter(address=clear, of_another=False).exists():
            ArticleAddress.objects.filter(pk=pk).update(address=clear)


def build_key_of_now(key):
    """Return the key that a document has now; one that was shortened to a digest stays."""
    if len(key) >= LONGEST_KEY:
        return key
    written, slash, number = key.removeprefix('id:').partition('/')
    publisher = re.sub('%25(?=25|2F)', '%', written.replace('%2F', '/'))
    publisher = publisher.strip()[:LONGEST_PUBLISHER].strip()
    name = re.sub('%(?=25|2F)', '%25', publisher).replace('/', '%2F')
    return f'id:{name}{slash}{number}'


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0022_licence'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *make_anew(
            'article',
            'search',
            CombinedSearchVector(
                build_vector('title', weight='A'), '||', build_vector('text', weight='B'), SearchConfig('english')
            ),
            'article_search',
        ),
        *make_anew('claim', 'search', build_vector('text'), 'claim_search'),
        *make_anew('quote', 'search_content', build_vector('content'), 'quote_search'),
        *[
            migrations.RunSQL(
                f'DROP INDEX IF EXISTS {name}',
                f'CREATE INDEX {name} ON {table} ({column} varchar_pattern_ops)',
            )
            for name, (table, column) in INDEXES_BY_BEGINNING.items()
        ],
        migrations.AlterField(
            model_name='about',
            name='quote',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='named', to='claims.quote'),
        ),
        migrations.AlterField(
            model_name='actorevent',
            name='article',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='set when known there only', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article'),
        ),
        migrations.AlterField(
            model_name='actorevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='actorname',
            name='actor',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='actornameevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='articleevent',
            name='outlet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.outlet'),
        ),
        migrations.AlterField(
            model_name='articleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='detail',
            name='quote',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='details', to='claims.quote'),
        ),
        migrations.AlterField(
            model_name='detailevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='mergecandidate',
            name='first',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='as_first', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='mergecandidateevent',
            name='first',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='mergecandidateevent',
            name='judged_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='mergecandidateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='mergecandidateevent',
            name='second',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='quote',
            name='actor',
            field=models.ForeignKey(blank=True, db_index=False, help_text='empty: unknown', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quotes', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='quote',
            name='article',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='claims.article'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='actor',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='empty: unknown', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.actor'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='article',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='version',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, help_text="in which it stood; empty: it stands in the article's text", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AlterField(
            model_name='quoteevent',
            name='within',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='the quote in whose content it stands', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.quote'),
        ),
        migrations.AlterField(
            model_name='span',
            name='quote',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='claims.quote'),
        ),
        migrations.AlterField(
            model_name='spanevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.RunPython(give_keys_of_now, migrations.RunPython.noop),
    ]
