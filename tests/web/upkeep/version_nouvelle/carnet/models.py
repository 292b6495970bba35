"""A note has a title, never empty, the length of its body, and a body."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Note(models.Model):
    title = models.CharField(max_length=20)
    length = models.PositiveIntegerField()
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="note_has_a_title", condition=~Q(title=""))
        ]
