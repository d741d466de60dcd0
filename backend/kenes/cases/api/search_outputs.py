"""JSON of a search that goes out."""

from rest_framework import serializers

from kenes.cases.api.list_outputs import CaseListRow
from kenes.cases.api.outputs import Out
from kenes.cases.models import SearchPlace
from kenes.cases.search.query import How

PLACES = [*SearchPlace.values, "person"]


class SearchPiece(Out):
    """A stretch of a quotation; plain text, never markup."""

    text = serializers.CharField(trim_whitespace=False)
    hit = serializers.BooleanField()


class SearchFound(Out):
    """A place of a case where it was found. `person`: by a whole ИИН or phone, which is not quoted."""

    place = serializers.ChoiceField(PLACES)
    title = serializers.CharField()
    ref_id = serializers.UUIDField(allow_null=True)
    quote = SearchPiece(many=True)


class SearchAssumed(Out):
    """What was taken for a typed word: read in another keyboard layout, or with a mistake mended."""

    typed = serializers.CharField()
    taken = serializers.CharField()
    how = serializers.ChoiceField([How.LAYOUT.value, How.SPELLING.value])


class CaseSearchRow(CaseListRow):
    """A case of the list and where in it the words were found."""

    found_in = SearchFound(many=True)


class CaseSearchPage(Out):
    """`tried`: the query in other keyboard layouts, which was looked for too."""

    items = CaseSearchRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    assumed = SearchAssumed(many=True)
    tried = serializers.ListField(child=serializers.CharField())
