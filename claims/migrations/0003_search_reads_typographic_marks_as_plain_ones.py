from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations
from django.db.models import F, Func, GeneratedField, TextField, Value

# A generated column cannot be altered, only made anew; PostgreSQL drops its index with it.


def vector(column, **weight):
    plain = Func(
        F(column),
        Value("“”„«»‘’‚‛`´\u00a0"),
        Value("\"\"\"\"\"'''''' "),
        function="translate",
        output_field=TextField(),
    )
    return SearchVector(plain, config="english", **weight)


def made_anew(model, name, expression, index):
    field = GeneratedField(db_persist=True, expression=expression, output_field=SearchVectorField())
    return [
        migrations.RemoveIndex(model, index),
        migrations.RemoveField(model, name),
        migrations.AddField(model, name, field),
        migrations.AddIndex(model, GinIndex(fields=[name], name=index)),
    ]


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_spans_stay_with_their_quote")]

    operations = [
        *made_anew(
            "article",
            "search",
            CombinedSearchVector(vector("title", weight="A"), "||", vector("text", weight="B"), SearchConfig("english")),
            "article_search",
        ),
        *made_anew("claim", "search", vector("text"), "claim_search"),
        *made_anew("quote", "search_content", vector("content"), "quote_search"),
    ]
