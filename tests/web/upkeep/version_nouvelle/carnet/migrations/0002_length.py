"""A length is counted, titles are in capitals, and none is empty."""

from django.db import migrations, models
from django.db.models import Q


def count(apps, editor):
    rows = apps.get_model("carnet", "Note").objects.using(editor.connection.alias)
    for note in rows.all():
        note.title, note.length = note.title.upper(), len(note.body)
        note.save()


class Migration(migrations.Migration):
    dependencies = [("carnet", "0001_initial")]
    operations = [
        migrations.AddField("Note", "length", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AlterField("Note", "length", models.PositiveIntegerField()),
        migrations.AddConstraint(
            "Note",
            models.CheckConstraint(name="note_has_a_title", condition=~Q(title="")),
        ),
    ]
