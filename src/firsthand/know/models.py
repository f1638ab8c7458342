from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Concern(models.Model):
    """What a caller wants, as the catalogue names it. The words in four languages stand in ConcernText."""

    code = models.CharField(max_length=8, unique=True)  # CH01
    country = models.CharField(max_length=2)
    topic = models.CharField(max_length=20, db_index=True)
    level = models.PositiveSmallIntegerField()
    # Which part of the file the concern needs: members.Cover.Branch, one or both.
    branches = ArrayField(models.CharField(max_length=20), default=list)
    sources = ArrayField(models.CharField(max_length=4), default=list)  # marks of catalogue/sources.tsv
    # A row without a source or with an unconfirmed one is shown as such until a specialist signs it.
    confirmed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class ConcernText(models.Model):
    """A concern in one language: the question, what a right answer needs, what changes with the year."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    question = models.CharField(max_length=200)
    facts = models.TextField(blank=True, default="")  # one a line
    yearly_facts = models.TextField(blank=True, default="")  # one a line
    basis = models.CharField(max_length=200, blank=True, default="")  # law or contract terms
    words = models.TextField(blank=True, default="")  # other words callers use for it, for the search

    class Meta:
        constraints = [models.UniqueConstraint(name="concern_text_once", fields=["concern", "language"])]

    def __str__(self) -> str:
        return self.question
