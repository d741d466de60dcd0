"""The own profile and photos of people."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import photos, profile, selectors
from kenes.accounts.api.profile_serializers import OwnProfile, OwnProfileInput, PhotoBody
from kenes.accounts.api.uploads import FILE_BODIES, UploadView, private
from kenes.foundation.api import ApiRequest, ApiView


class OwnProfileView(ApiView):
    scopes = {"GET": "profile:read"}

    @extend_schema(operation_id="me_profile", responses=OwnProfile)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(OwnProfile, profile.get_profile(actor=request.actor))

    @extend_schema(operation_id="me_profile_update", request=OwnProfileInput, responses=OwnProfile)
    def patch(self, request: ApiRequest) -> Response:
        data = self.parse(OwnProfileInput)
        actor = request.actor
        assert actor.user_id
        version = data.pop("version")
        user = profile.update(actor=actor, user_id=actor.user_id, version=version, changes=dict(data))
        return self.ok(OwnProfile, profile.profile_of(user))


class OwnPhotoView(UploadView):
    max_bytes = photos.MAX_BYTES

    @extend_schema(operation_id="me_photo", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest) -> HttpResponse:
        assert request.actor.user_id
        return _picture(photos.read_photo(selectors.get_person(request.actor.user_id)))

    @extend_schema(operation_id="me_photo_put", request=FILE_BODIES, responses=PhotoBody)
    def put(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        data, _name = self.uploaded(request)
        user = photos.set_photo(actor=request.actor, user_id=request.actor.user_id, data=data)
        return self.ok(PhotoBody, {"photo_url": photos.photo_url(user)})

    @extend_schema(operation_id="me_photo_delete", responses={204: None})
    def delete(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        photos.remove_photo(actor=request.actor, user_id=request.actor.user_id)
        return Response(status=204)


class PersonPhotoView(ApiView):
    """The photo of somebody else, for those who may see people."""

    needs = "person.see"

    @extend_schema(operation_id="people_photo", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, person_id: UUID) -> HttpResponse:
        return _picture(photos.read_photo(selectors.get_person(person_id)))


def _picture(jpeg: bytes) -> HttpResponse:
    return private(HttpResponse(jpeg, content_type="image/jpeg"))
