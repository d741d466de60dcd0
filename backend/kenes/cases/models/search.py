"""What the search looks in. Words of people stand here only sealed by a key; see `cases.search`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from kenes.cases.models.case import Case


class SearchPlace(models.TextChoices):
    """Where a word may stand. Texts are pushed in one by one; the others are read off the case."""

    NUMBER = "number"
    NAME = "name"
    PARTY = "party"
    CONTRACT = "contract"
    CREDITOR = "creditor"
    STORY = "story"
    FACT = "fact"
    COMMENT = "comment"
    DOCUMENT = "document"


class SearchAudience(models.TextChoices):
    """Who may find a text: readers of the content, staff of the case, one organisation, or its writer alone."""

    CONTENT = "content"
    INTERNAL = "internal"
    ORGANISATION = "organisation"
    WRITER = "writer"


class CaseWords(models.Model):
    """Words of one case for three kinds of readers, each holding the one before.

    `open`: number, names, contracts, creditors. `content`: also what readers of the content may read. `whole`: also what
    only staff of the case may read. Readers of the content alone are few to a case, so that column needs no index.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="words")
    open = SearchVectorField()
    content = SearchVectorField()
    whole = SearchVectorField()
    # Edition of the rules by which words are made; a rebuild brings older ones up to date.
    edition = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            # Without a list of pending entries: a search must not pay for what was written before it.
            GinIndex(fields=["open"], fastupdate=False, name="words_open"),
            GinIndex(fields=["whole"], fastupdate=False, name="words_whole"),
            models.Index(fields=["edition", "case"], name="words_edition"),
        ]


class SearchEntry(models.Model):
    """Words of one text of a case: which text, and who may find it. `ref_id` is its id in its own table."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="search_entries")
    place = models.CharField(max_length=10, choices=SearchPlace.choices)
    ref_id = models.UUIDField()
    audience = models.CharField(max_length=12, choices=SearchAudience.choices)
    organisation_id = models.UUIDField(null=True)
    writer_id = models.UUIDField(null=True)
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "ref_id"], name="search_entry_once"),
            models.CheckConstraint(
                condition=~Q(audience="organisation") | Q(organisation_id__isnull=False),
                name="search_entry_has_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(audience="writer") | Q(writer_id__isnull=False), name="search_entry_has_writer"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "place"], name="search_entry_of_case"),
            models.Index(
                fields=["organisation_id"], condition=Q(audience="organisation"), name="search_entry_of_body"
            ),
            models.Index(fields=["writer_id"], condition=Q(audience="writer"), name="search_entry_of_writer"),
        ]


class SearchWord(models.Model):
    """A word that some case has, for words begun or mistyped. Never says which case.

    Without a unique key: two writers of the same new word must not wait for each other. Twins are swept out at night.
    `near` are the word with one letter taken out, each way: two words one mistake apart share one of them.
    """

    word = models.CharField(max_length=40)
    near = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        indexes = [
            models.Index(OpClass("word", name="varchar_pattern_ops"), name="search_word_begins"),
            GinIndex(OpClass("word", name="gin_trgm_ops"), fastupdate=False, name="search_word_trgm"),
            GinIndex(fields=["near"], fastupdate=False, name="search_word_near"),
        ]
