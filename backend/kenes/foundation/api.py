"""What every API view shares: actor, strict parsing, answers, pages."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Final, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ErrorDetail, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kenes.foundation import pagination
from kenes.foundation.actor import Actor
from kenes.foundation.errors import (
    FieldError,
    FieldErrors,
    Forbidden,
    FreshProofRequired,
    Malformed,
    ScopeMissing,
    SecondFactorRequired,
    SignInRequired,
    ViewingOnly,
)
from kenes.foundation.problems import CsrfFailed

PUBLIC: Final = "*"
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ApiRequest(Request):
    """The request as views see it: DRF's, with the actor."""

    actor: Actor


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


class BrowserSession(BaseAuthentication):
    """The Django session as identity. Whoever comes with a session cookie must also bring the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        django_request = request._request
        if settings.SESSION_COOKIE_NAME in django_request.COOKIES:
            self.enforce_csrf(django_request)
        user = getattr(django_request, "user", None)
        return (user, None) if user is not None and user.is_authenticated and user.is_active else None

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    @staticmethod
    def enforce_csrf(request: HttpRequest) -> None:
        """CsrfFailed when an unsafe request has no matching cookie and header."""
        check = _CsrfCheck(lambda _request: None)  # type: ignore[arg-type]
        check.process_request(request)
        if check.process_view(request, cast("Callable[..., Any]", None), (), {}):
            raise CsrfFailed


@lru_cache(maxsize=1)
def _ways_in() -> tuple[type[BaseAuthentication], ...]:
    """Ways to say who one is, tried in this order; the first that answers or refuses decides."""
    return tuple(import_string(path) for path in settings.KENES_AUTHENTICATION)


@lru_cache(maxsize=1)
def _actor_factory() -> Callable[[Request], Actor]:
    return cast("Callable[[Request], Actor]", import_string(settings.KENES_ACTOR_FACTORY))


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses fields it does not know, at every depth."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                detail = ErrorDetail(str(_("This field is not known here.")), code="unknown_field")
                raise serializers.ValidationError({str(name)[:80]: [detail] for name in unknown})
        return super().to_internal_value(data)


def _pointer_part(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def field_errors(detail: Any, pointer: str = "") -> Iterable[FieldError]:
    """Flatten DRF's nested error detail into JSON pointers."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = pointer if name == "non_field_errors" else f"{pointer}/{_pointer_part(name)}"
            yield from field_errors(inner, here)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from field_errors(inner, f"{pointer}/{index}" if nested else pointer)
    else:
        yield FieldError(pointer=pointer, code=str(getattr(detail, "code", "invalid")), detail=str(detail))


def validated(serializer: serializers.BaseSerializer[Any]) -> Any:
    """Validated data of a bound serializer, or FieldErrors with every wrong field."""
    try:
        serializer.is_valid(raise_exception=True)
    except serializers.ValidationError as problem:
        raise FieldErrors(list(field_errors(problem.detail))) from problem
    return serializer.validated_data


class ApiView(APIView):
    """One address, one operation per method.

    `needs`: None = anyone signed in, PUBLIC = also without login, otherwise the ability that opens the door.
    `csrf_always`: the token is required also without a session cookie (sign-in, against login CSRF).
    `before_second_factor`: open to staff who have not set up or passed the second step yet.
    `while_viewing`: may be called with an unsafe method while looking through another person's eyes.
    `fresh`: methods that need a proof of the last minutes that it is still the same person.
    `scopes`: method -> scope that an access token must have; tokens get into nothing else.
    """

    needs: ClassVar[str | None] = None
    csrf_always: ClassVar[bool] = False
    before_second_factor: ClassVar[bool] = False
    while_viewing: ClassVar[bool] = False
    fresh: ClassVar[frozenset[str]] = frozenset()
    scopes: ClassVar[Mapping[str, str]] = {}
    request: ApiRequest

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [way() for way in _ways_in()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.csrf_always:
            BrowserSession.enforce_csrf(request._request)
        actor = _actor_factory()(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor.scopes is not None:
            self._require_scope(actor)
        if self.needs != PUBLIC:
            self._require_rights(actor)

    def _require_scope(self, actor: Actor) -> None:
        scope = self.scopes.get(self.request.method or "", "")
        if not scope or scope not in (actor.scopes or ()):
            raise ScopeMissing(scope=scope)

    def _require_rights(self, actor: Actor) -> None:
        method = self.request.method or ""
        if not actor.is_signed_in:
            raise SignInRequired
        if actor.held_back and not self.before_second_factor:
            raise SecondFactorRequired
        if actor.viewed_by and method not in _READING and not self.while_viewing:
            raise ViewingOnly
        if self.needs is not None and not actor.can(self.needs):
            raise Forbidden
        if method in self.fresh and not actor.is_fresh:
            raise FreshProofRequired

    def parse(self, serializer: type[serializers.BaseSerializer[Any]]) -> Any:
        """Body of the request by a serializer; FieldErrors names every wrong field."""
        # The CSRF check has already read a form, which would then look like an empty body.
        if self.request._request.POST:
            raise UnsupportedMediaType(str(self.request.content_type))
        data = self.request.data
        if not isinstance(data, dict):
            raise Malformed
        return validated(serializer(data=data, context={"request": self.request}))

    def parse_query(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """Query string by a serializer. Repeated names become lists where the field is a list."""
        instance = serializer()
        data: dict[str, Any] = {}
        for name, values in self.request.query_params.lists():
            field = instance.fields.get(name)
            many = isinstance(field, serializers.ListField | serializers.MultipleChoiceField)
            if not many and len(values) > 1:
                error = FieldError(f"/{_pointer_part(name)}", "repeated", _("Give this only once."))
                raise FieldErrors([error])
            data[name] = values if many else values[0]
        return cast("dict[str, Any]", validated(serializer(data=data, context={"request": self.request})))

    def ok(
        self, serializer: type[serializers.BaseSerializer[Any]], value: Any, status: int = 200
    ) -> Response:
        """Answer with one object."""
        return Response(serializer(value, context={"request": self.request}).data, status=status)

    def page(
        self,
        serializer: type[serializers.BaseSerializer[Any]],
        queryset: "QuerySet[Any]",
        *,
        key: tuple[str, ...] = ("-created_at", "id"),
        limit: int = 25,
        cursor: str = "",
        transform: Callable[[list[Any]], list[Any]] | None = None,
        joined: pagination.Joined | None = None,
    ) -> Response:
        """One page of a list. `key` orders it and must end in a unique column; `transform` may enrich the rows.

        For `joined` see `pagination.page`.
        """
        rows, next_cursor = pagination.page(queryset, key=key, limit=limit, cursor=cursor, joined=joined)
        items: list[Model | Any] = transform(rows) if transform else rows
        data = serializer(items, many=True, context={"request": self.request}).data
        return Response({"items": data, "next_cursor": next_cursor})


class PageQuery(StrictSerializer):
    """Query of a list: subclass it and add filters."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=25)
    cursor = serializers.CharField(max_length=600, default="", allow_blank=True)
