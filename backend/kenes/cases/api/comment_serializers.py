"""JSON of comments, mentions and files of comments."""

from typing import Any

from rest_framework import serializers

from kenes.cases.collaboration import comment_files, mentions
from kenes.cases.models import Audience
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField

FILE_STATES = ("checking", "ready", "infected", "not_checkable", "failed", "removed")


class CommentFileItem(serializers.Serializer[Any]):
    """A file of a comment. `state`: it can be opened only when ready."""

    id = serializers.UUIDField()
    file_id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    mime = serializers.CharField()
    state = serializers.ChoiceField(choices=FILE_STATES)


class CommentFileList(serializers.Serializer[Any]):
    """Own files that wait for their comment; `max_bytes` and `max_files` are the limits."""

    items = CommentFileItem(many=True)
    max_bytes = serializers.IntegerField()
    max_files = serializers.IntegerField()


class MentionedPerson(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CommentItem(serializers.Serializer[Any]):
    """A comment. `allowed_actions`: edit, remove, versions. A removed one has no words and no files."""

    id = serializers.UUIDField()
    audience = serializers.ChoiceField(choices=Audience.choices)
    audience_label = serializers.CharField()
    organisation_name = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    author_label = serializers.CharField()
    own = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)
    edit_until = serializers.DateTimeField(allow_null=True)
    mentions = MentionedPerson(many=True)
    files = CommentFileItem(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CommentPage(serializers.Serializer[Any]):
    items = CommentItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class CommentVersionItem(serializers.Serializer[Any]):
    text = serializers.CharField()
    replaced_at = serializers.DateTimeField()


class CommentVersionList(serializers.Serializer[Any]):
    items = CommentVersionItem(many=True)


class CandidateItem(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()


class CandidateList(serializers.Serializer[Any]):
    """People who see comments for this audience."""

    items = CandidateItem(many=True)


class MentionItem(serializers.Serializer[Any]):
    """Somebody called the reader to a comment."""

    id = serializers.UUIDField()
    comment_id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    case_number = serializers.CharField(allow_null=True)
    audience = serializers.ChoiceField(choices=Audience.choices)
    author_label = serializers.CharField()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)


class MentionPage(serializers.Serializer[Any]):
    items = MentionItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class MentionCount(serializers.Serializer[Any]):
    unseen = serializers.IntegerField()


class CommentInput(StrictSerializer):
    """`mentions` are people offered for this audience, `files` own uploads on this case."""

    text = TextField(max_length=4000, multiline=True, allow_blank=True, default="")
    audience = serializers.ChoiceField(choices=Audience.choices)
    mentions = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=mentions.MOST)
    files = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=comment_files.MOST)


class CommentEditInput(StrictSerializer):
    text = TextField(max_length=4000, multiline=True)
    mentions = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=mentions.MOST)


class CommentQuery(PageQuery):
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)


class CandidateQuery(StrictSerializer):
    audience = serializers.ChoiceField(choices=Audience.choices)


class MentionsSeenInput(StrictSerializer):
    """Which calls were seen: these, or all of a case; with neither all of them."""

    ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=100)
    case_id = serializers.UUIDField(allow_null=True, default=None)
