"""A note has a title and a body."""

from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=20)
    body = models.TextField(blank=True)
