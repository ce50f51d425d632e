import re

from django.db import migrations, models
from django.db.models import Q


def mark_where_publishers_end(apps, schema_editor):
    """Give articles without an address the keys that documents have now: no slash in the publisher's name.

    Publisher “a/b” with id “c” and publisher “a” with id “b/c” were one article before. Whose publisher has no slash keeps its key.
    """
    Article = apps.get_model('claims', 'Article')
    unclear = Q(outlet__name__contains='/') | Q(outlet__name__contains='%25') | Q(outlet__name__contains='%2F')
    articles = Article.objects.filter(unclear, url='', key__startswith='id:').order_by('pk')
    for pk, key, name in list(articles.values_list('pk', 'key', 'outlet__name')):
        written = f'id:{name}/'
        clear = 'id:' + re.sub('%(?=25|2F)', '%25', name).replace('/', '%2F') + '/' + key.removeprefix(written)
        if key.startswith(written) and len(clear) <= 2000 and not Article.objects.filter(key=clear).exists():
            Article.objects.filter(pk=pk).update(key=clear)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_one_look_at_a_text'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='article',
            options={'ordering': [models.OrderBy(models.F('published_on'), descending=True, nulls_last=True), '-id']},
        ),
        migrations.AlterModelOptions(
            name='quote',
            options={'ordering': [models.OrderBy(models.F('article__published_on'), descending=True, nulls_last=True), '-article_id', 'cue_start'], 'permissions': [('bulk_quote', 'Can decide on many quotes at once')]},
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_newest',
        ),
        migrations.AlterField(
            model_name='article',
            name='published_on',
            field=models.DateField(blank=True, help_text='empty where nobody knows it', null=True),
        ),
        migrations.AlterField(
            model_name='articleevent',
            name='published_on',
            field=models.DateField(blank=True, help_text='empty where nobody knows it', null=True),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.OrderBy(models.F('published_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='article_newest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['published_on', 'id'], name='article_oldest'),
        ),
        migrations.RunPython(mark_where_publishers_end, migrations.RunPython.noop),
    ]
