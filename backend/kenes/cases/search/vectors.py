"""The few expressions of PostgreSQL that the search needs: lists of ready words as a vector, and a ready query against one."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Lookup, TextField, Value


def vector(words: Sequence[str]) -> Func:
    """Words as they are, without a dictionary between."""
    listed = Value(list(words), output_field=ArrayField(TextField()))
    return Func(
        listed,
        function="array_to_tsvector",
        template="%(function)s(%(expressions)s::text[])",
        output_field=SearchVectorField(),
    )


@SearchVectorField.register_lookup
class Fits(Lookup):
    """`words__fits="'abc':* & 'def'"`: a query written in PostgreSQL's own form, of words that are letters and digits alone."""

    lookup_name = "fits"
    # A text as it is: the column's own preparation would make a vector of it.
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (str(value),)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}::tsquery", (*left_values, *right_values)
