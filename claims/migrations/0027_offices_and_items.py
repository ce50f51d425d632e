"""Which offices articles give those whom they name, and which items of Wikidata actors may be."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0026_disputes_and_lookups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(help_text="the name, made comparable", max_length=300)),
                ("title", models.CharField(max_length=60)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="empty where it is not told", max_length=80
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offices",
                        to="claims.article",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key"], name="office_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "key", "title", "place"), name="office_is_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name='ItemMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(help_text='such as Q7747', max_length=20, validators=[django.core.validators.RegexValidator('^Q[1-9][0-9]{0,11}\\Z')])),
                ('label', models.CharField(max_length=300)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('reasons', models.JSONField(help_text='for and against, a short sentence each')),
                ('status', models.CharField(choices=[('sure', 'sure'), ('proposed', 'proposed'), ('confirmed', 'confirmed'), ('refused', 'refused')], max_length=9)),
                ('judged_at', models.DateTimeField(blank=True, null=True)),
                ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='item_matches', to='claims.actor')),
                ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'item of Wikidata',
                'verbose_name_plural': 'items of Wikidata',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('actor', 'value'), name='item_match_is_one_row_per_pair'), models.CheckConstraint(condition=models.Q(('status__in', ('sure', 'proposed', 'confirmed', 'refused'))), name='item_match_status_is_known')],
            },
        ),
    ]
