"""What came into a PDF after a signature (ISO 32000-2, 12.8.2.2; the attacks: «shadow», overlay, evil annotation).

Allowed is what long-term validation adds, and further invisible signatures: a document security store, new signature
fields without appearance, empty ones filled in, document information. Everything else counts as a change, also a harmless
one: nobody can tell from the bytes what a viewer will make of it.
"""

from __future__ import annotations

from typing import Any, Final

from kzsign.pdf_file import PdfFile
from kzsign.pdf_syntax import PdfError, Ref, Stream, references, same

_FREE_IN_CATALOGUE: Final = frozenset({b"AcroForm", b"DSS", b"Extensions", b"Metadata", b"Version"})
_FREE_IN_FORM: Final = frozenset({b"Fields", b"SigFlags"})
_STORE: Final = frozenset({b"Type", b"Certs", b"CRLs", b"OCSPs", b"VRI"})
_FIELD: Final = frozenset(b"Type Subtype FT T TU TM V F Ff Rect P Parent M NM AP Lock SV Border MK".split())
_HIDDEN: Final = 0x02


class _Changed(Exception):
    """Something is different that may not be."""


def change_after(old: PdfFile, new: PdfFile, *, only_time_stamps: bool) -> str:
    """Why ``new`` is more than ``old`` with validation data and invisible signatures; empty when it is not.

    ``old`` is the file as it was signed, ``new`` the whole. With ``only_time_stamps`` no further signatures of people may
    follow: the signer forbade changes.
    """
    try:
        _Comparison(old, new, only_time_stamps).run()
    except _Changed:
        return "changed_after_signing"
    except PdfError as problem:
        return problem.code if problem.code == "too_large" else "changed_after_signing"
    return ""


class _Comparison:
    def __init__(self, old: PdfFile, new: PdfFile, only_time_stamps: bool) -> None:
        self.old, self.new = old, new
        self.only_time_stamps = only_time_stamps
        self.touched: set[int] = set()
        self.approved: set[int] = set()
        # Objects whose content may be anything; they may not be used for something else in the signed file.
        self.free: set[int] = set()

    def run(self) -> None:
        self.touched = touched = self._touched()
        if not touched:
            if len(self.new.data) != len(self.old.data):
                raise _Changed
            return
        self._trailer()
        self._catalogue()
        linked = self._linked()
        for number in touched:
            if self._existed(number):
                if number not in self.approved and number not in self.free:
                    raise _Changed
                if number in self.free and number in linked:
                    raise _Changed
            elif number in linked:
                # The signed file pointed at nothing there; now it would show something.
                raise _Changed

    def _touched(self) -> set[int]:
        """Numbers of all objects that later sections speak of. The signed file must be an earlier state of the whole."""
        touched: set[int] = set()
        for section in self.new.sections:
            if section.at == self.old.sections[0].at:
                return touched
            if section.at < len(self.old.data):
                raise _Changed
            touched.update(section.entries)
        raise _Changed

    def _existed(self, number: int) -> bool:
        entry = self.old.entries.get(number)
        return entry is not None and not entry.is_free

    def _trailer(self) -> None:
        if self.old.root_ref != self.new.root_ref:
            raise _Changed
        info = self.new.trailer.get(b"Info")
        before = self.old.trailer.get(b"Info")
        if isinstance(info, Ref):
            if before is not None and before != info:
                raise _Changed
            if info.number not in self.touched:
                return
            content = self.new.get(info)
            if not isinstance(content, dict) or references(content):
                raise _Changed
            self.free.add(info.number)

    def _catalogue(self) -> None:
        old, new = self.old.root, self.new.root
        self._compare(old, new, _FREE_IN_CATALOGUE)
        self.approved.add(self.new.root_ref.number)
        for key in (b"Extensions", b"Metadata"):
            self._free_value(old.get(key), new.get(key))
        self._store(old.get(b"DSS"), new.get(b"DSS"))
        self._form(old.get(b"AcroForm"), new.get(b"AcroForm"))

    def _compare(self, old: dict[bytes, Any], new: dict[bytes, Any], free: frozenset[bytes]) -> None:
        if (old.keys() ^ new.keys()) - free:
            raise _Changed
        if not all(same(old[key], new[key]) for key in old.keys() - free):
            raise _Changed

    def _free_value(self, old: Any, new: Any) -> None:
        """A value that shows nothing. Where it is an object of its own, that one may be replaced."""
        if same(old, new) and not (isinstance(new, Ref) and new.number in self.touched):
            return
        if isinstance(new, Ref):
            if isinstance(old, Ref) and old != new and self._existed(new.number):
                raise _Changed
            self.free.add(new.number)
            content = self.new.get(new)
            if references(content.head if isinstance(content, Stream) else content):
                raise _Changed
        elif references(new):
            raise _Changed

    def _store(self, old: Any, new: Any) -> None:
        """The document security store: lists of streams, looked at by validators alone."""
        if new is None:
            if old is not None:
                raise _Changed
            return
        if not isinstance(self.new.get(new), dict) or set(self.new.dictionary(new)) - _STORE:
            raise _Changed
        waiting, depth = [new], 0
        while waiting:
            depth += 1
            if depth > 4:
                raise _Changed
            following: list[Any] = []
            for value in waiting:
                if isinstance(value, Ref):
                    self.free.add(value.number)
                content = self.new.get(value)
                if isinstance(content, dict):
                    following.extend(item for item in content.values() if not isinstance(item, (bytes, int)))
                elif isinstance(content, list):
                    following.extend(content)
                elif not isinstance(content, Stream):
                    raise _Changed
            waiting = following

    def _form(self, old: Any, new: Any) -> None:
        before = self.old.dictionary(old) if old is not None else {}
        after = self.new.dictionary(new) if new is not None else {}
        if isinstance(old, Ref) and old != new:
            raise _Changed
        if isinstance(new, Ref):
            if old is None and self._existed(new.number):
                raise _Changed
            self.approved.add(new.number)
        self._compare(before, after, _FREE_IN_FORM)
        listed = after.get(b"Fields")
        if isinstance(listed, Ref):
            if listed != before.get(b"Fields") and self._existed(listed.number):
                raise _Changed
            self.approved.add(listed.number)
        fields_before, fields_after = self.old.array(before.get(b"Fields")), self.new.array(listed)
        if not all(map(same, fields_before, fields_after)) or len(fields_after) < len(fields_before):
            raise _Changed
        for field in fields_before:
            self._known_field(field)
        for field in fields_after[len(fields_before) :]:
            self._new_field(field)

    def _known_field(self, field: Any) -> None:
        """Unchanged, or an empty signature field that was filled in."""
        if not isinstance(field, Ref):
            return
        before, after = self.old.get(field), self.new.get(field)
        if same(before, after):
            self.approved.add(field.number)
            return
        if not isinstance(before, dict) or not isinstance(after, dict) or b"V" in before:
            raise _Changed
        self._compare(before, after, frozenset({b"V"}))
        self._signature_field(field, after)

    def _new_field(self, field: Any) -> None:
        if not isinstance(field, Ref) or self._existed(field.number):
            raise _Changed
        content = self.new.dictionary(field)
        if set(content) - _FIELD or b"Parent" in content:
            raise _Changed
        self._signature_field(field, content)
        page = content.get(b"P")
        if page is not None:
            self._page(page, field)

    def _signature_field(self, field: Ref, content: dict[bytes, Any]) -> None:
        if content.get(b"FT") != b"Sig" or not self._shows_nothing(content):
            raise _Changed
        self.approved.add(field.number)
        value = content.get(b"V")
        if value is None:
            return
        if not isinstance(value, Ref) or self._existed(value.number):
            raise _Changed
        if self.only_time_stamps and self.new.dictionary(value).get(b"Type") != b"DocTimeStamp":
            raise _Changed

    def _shows_nothing(self, content: dict[bytes, Any]) -> bool:
        flags = content.get(b"F", 0)
        if type(flags) is int and flags & _HIDDEN:
            return True
        corners = self.new.get(content.get(b"Rect"))
        if corners is None:
            return True
        if (
            not isinstance(corners, list)
            or len(corners) != 4
            or not all(type(item) in (int, float) for item in corners)
        ):
            return False
        return bool(corners[0] == corners[2] or corners[1] == corners[3])

    def _page(self, page: Any, field: Ref) -> None:
        """The page of a new field: the same but for one more invisible widget among its annotations."""
        if not isinstance(page, Ref) or not self._existed(page.number):
            raise _Changed
        before, after = self.old.dictionary(page), self.new.dictionary(page)
        self._compare(before, after, frozenset({b"Annots"}))
        if after.get(b"Type") != b"Page":
            raise _Changed
        self.approved.add(page.number)
        listed = after.get(b"Annots")
        if isinstance(listed, Ref):
            if listed != before.get(b"Annots") and self._existed(listed.number):
                raise _Changed
            self.approved.add(listed.number)
        annotations_before = self.old.array(before.get(b"Annots"))
        annotations_after = self.new.array(listed)
        if not all(map(same, annotations_before, annotations_after)):
            raise _Changed
        for added in annotations_after[len(annotations_before) :]:
            if not isinstance(added, Ref) or not self._is_new_field(added):
                raise _Changed
        if len(annotations_after) < len(annotations_before):
            raise _Changed

    def _is_new_field(self, annotation: Ref) -> bool:
        content = self.new.get(annotation)
        return (
            not self._existed(annotation.number)
            and isinstance(content, dict)
            and content.get(b"FT") == b"Sig"
            and not set(content) - _FIELD
            and self._shows_nothing(content)
        )

    def _linked(self) -> set[int]:
        """Numbers that the signed file points at from its catalogue, but for places that may be replaced freely."""
        found: set[int] = set()
        root = {
            key: value
            for key, value in self.old.root.items()
            if key not in (b"DSS", b"Metadata", b"Extensions")
        }
        waiting = references(root)
        while waiting:
            ref = waiting.pop()
            if ref.number in found:
                continue
            found.add(ref.number)
            waiting.extend(references(self._content(ref)))
        return found

    def _content(self, ref: Ref) -> Any:
        try:
            return self.old.get(ref)
        except PdfError as problem:
            if problem.code == "too_large":
                raise
            raise _Changed from problem


def signed_state(data: bytes, covered: int, whole: PdfFile) -> PdfFile | None:
    """The file as it was when its first ``covered`` bytes were signed; ``None`` when that is no whole PDF."""
    if covered == len(data):
        return whole
    try:
        return PdfFile(data[:covered], whole.budget)
    except PdfError as problem:
        if problem.code == "too_large":
            raise
        return None
