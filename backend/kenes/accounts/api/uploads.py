"""One file in a form of a person's own things."""

from kenes.accounts.errors_profile import UploadMissing
from kenes.files import uploads
from kenes.files.uploads import FILE_BODIES, private, private_file

__all__ = ["FILE_BODIES", "UploadView", "private", "private_file"]


class UploadView(uploads.UploadView):
    """A view that takes one file, in the field `file` of a form."""

    missing = UploadMissing
