"""Tags of the team, and how cases hang together."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from kenes.cases.models.case import Case
from kenes.foundation.identifiers import new_id


class TagColour(models.TextChoices):
    """Colours that the screens know; each has text of enough contrast in both themes."""

    GREY = "grey", pgettext_lazy("colour", "Grey")
    TEAL = "teal", pgettext_lazy("colour", "Teal")
    BLUE = "blue", pgettext_lazy("colour", "Blue")
    PURPLE = "purple", pgettext_lazy("colour", "Purple")
    RED = "red", pgettext_lazy("colour", "Red")
    ORANGE = "orange", pgettext_lazy("colour", "Orange")
    GREEN = "green", pgettext_lazy("colour", "Green")
    SAND = "sand", pgettext_lazy("colour", "Sand")


class Tag(models.Model):
    """A word by which the team finds cases again. An archived one stays on its cases and is offered no more.

    `name` is the Russian one and what the others fall back to. A tag that was joined to another one is archived and on no case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40)
    name_kk = models.CharField(max_length=40, blank=True, default="")
    name_en = models.CharField(max_length=40, blank=True, default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    colour = models.CharField(max_length=10, choices=TagColour.choices, default=TagColour.GREY)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(colour__in=TagColour.values), name="tag_colour_known"),
            models.UniqueConstraint(Lower("name"), name="tag_name_once"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="tag_merged_archived",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, lang: str) -> str:
        """The name in a language, the Russian one where there is none."""
        return {"kk": self.name_kk, "en": self.name_en}.get(lang) or self.name


class CaseTag(models.Model):
    """A tag on a case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="case_tags")
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "tag"], name="case_tag_once")]
        indexes = [models.Index(fields=["tag", "case"], name="case_of_tag")]


class LinkKind(models.TextChoices):
    """How the first case stands to the second one."""

    RELATED = "related", pgettext_lazy("link", "Related")
    SAME_CONTRACT = "same_contract", pgettext_lazy("link", "Same contract")
    SAME_HOUSEHOLD = "same_household", pgettext_lazy("link", "Same household")
    FOLLOWS = "follows", pgettext_lazy("link", "Follows")
    PARENT = "parent", pgettext_lazy("link", "Parent case")


# Read from the other end they say something else.
DIRECTED = frozenset({LinkKind.FOLLOWS, LinkKind.PARENT})


class CaseLink(models.Model):
    """Two cases hang together: `first` follows `second`, `first` is the parent of `second`, or both are related."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_from")
    second = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_to")
    kind = models.CharField(max_length=16, choices=LinkKind.choices)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="link_of_two_cases"),
            models.UniqueConstraint(fields=["first", "second", "kind"], name="link_once"),
            models.UniqueConstraint(fields=["second"], condition=Q(kind="parent"), name="link_one_parent"),
        ]
        indexes = [models.Index(fields=["second"], name="link_of_second")]
