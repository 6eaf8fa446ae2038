"""Photos of a visit: announced here, sent apart."""

from ..tools.field_ops import (
    MAX_PHOTO_BYTES,
    MAX_PHRASE,
    BadValueError,
    read_place,
    read_text,
    read_uuid,
)
from .base import Refused, VisitBase


class Photos(VisitBase):
    """Applies ``photo``, ``photo_note`` and ``photo_removed``."""

    def _apply_photo(self, op):
        code = op["item_code"]
        self._require_work(code)
        self._require_item(code)
        payload = op["payload"]
        photo = read_uuid(payload.get("photo"))
        size, digest = payload.get("size"), read_text(payload.get("sha256"), 64)
        if not isinstance(size, int) or not 0 < size <= MAX_PHOTO_BYTES:
            raise Refused("too_large")
        if len(digest) != 64 or self._photo(photo):
            raise BadValueError(photo)
        place = read_place(payload)
        self.new_photos.append(
            {
                "uuid": photo,
                "assessment_id": self.assessment.id,
                "item_code": code,
                "kind": "photo",
                "sha256": digest,
                "size": size,
                "note": read_text(payload.get("note"), MAX_PHRASE),
                "user_id": self.user.id,
                "captured_at": self._true_time(op),
                "latitude": place[0] if place else 0,
                "longitude": place[1] if place else 0,
                "has_place": bool(place),
            }
        )

    def _photo(self, photo):
        """Return the evidence or the pending values of a photo."""
        pending = [p for p in self.new_photos if p["uuid"] == photo]
        if pending:
            return pending[0]
        return self.env["audit.evidence"].sudo().search([("uuid", "=", photo)], limit=1)

    def _apply_photo_removed(self, op):
        self._change_photo(op, state="removed")

    def _apply_photo_note(self, op):
        note = read_text(op["payload"].get("note"), MAX_PHRASE)
        self._change_photo(op, note=note)

    def _change_photo(self, op, **values):
        """Change a photo of the user's own, as long as the visit may be worked on."""
        self._require_work(op["item_code"])
        found = self._photo(read_uuid(op["payload"].get("photo")))
        if isinstance(found, dict):
            found |= values
        elif not found or found.assessment_id != self.assessment:
            raise Refused("unknown_photo")
        elif found.user_id != self.user:
            raise Refused("not_yours")
        else:
            self.photos.setdefault(found, {}).update(values)

    def _shown_codes(self):
        """Return the codes of the items that have a photo."""
        shown = {
            photo["item_code"]
            for photo in self.new_photos
            if photo.get("state") != "removed"
        }
        return shown | {
            photo.item_code
            for photo in self.assessment._shown_evidence()
            if self.photos.get(photo, {}).get("state") != "removed"
        }

    def _write_photos(self):
        for photo, values in self.photos.items():
            photo.write(values)
        if not self.new_photos:
            return
        for values in self.new_photos:
            answer = self.answers.get(values["item_code"])
            values["answer_id"] = answer.id if answer else False
        self.env["audit.evidence"].sudo().create(self.new_photos)
        self.assessment.invalidate_recordset(["evidence_ids"], flush=False)
