from odoo import models

from .. import texts
from ..tools import group_code


class ServiceDeskReferral(models.Model):
    """The sheet that goes with a file, or a person, from the desk to a unit."""

    _inherit = "service.desk.referral"

    def _sheet_values(self):
        """Return what the referral sheet prints, in the reader's language."""
        self.ensure_one()
        env = self.env
        request = self.request_id
        desk = request.desk_id or self.visit_id.desk_id
        is_person = self.kind == "person"
        return {
            "title": env._("Client sent to a unit, as agreed")
            if is_person
            else env._("Referral of a request to a unit"),
            "subtitle": env._(
                "From %(giver)s to %(taker)s",
                giver=desk.name,
                taker=self.department_id.name,
            ),
            "rows": [(label, value) for label, value in self._sheet_rows() if value],
            "documents": [] if is_person else self._sheet_documents(),
            "task": self.note or "",
            "signatures": [
                # sudo: who sent it is named on the paper, whoever prints it
                {
                    "name": (request.user_id or self.visit_id.user_id).sudo().name,
                    "role": env._("Expert of the desk"),
                },
                {
                    "name": self.coordinated_with if is_person else "",
                    "role": env._("Received in the unit"),
                },
            ],
        }

    def _sheet_rows(self):
        env, request = self.env, self.request_id
        code = request.tracking_code and group_code(request.tracking_code)
        service = request.service_id or self.visit_id.service_id
        # A promise is made to the client; the unit's own clock is its deadline.
        return [
            (env._("Service"), service.name),
            (env._("Tracking code"), code and texts.number_text(env, code)),
            (env._("Client"), request.client_name),
            (env._("On behalf of the client"), request.representative_name),
            (env._("Sent on"), self._moment(self.date_sent)),
            (env._("Answer by"), self._moment(self.date_due)),
            (env._("Promised to the client"), texts.day_text(env, self.date_promised)),
            (env._("Letter"), self._letter_text()),
            (env._("Agreed with"), self.coordinated_with),
            (env._("Agreed on"), self._moment(self.coordinated_at)),
            (env._("Reason of going inside"), self.reason),
        ]

    def _moment(self, value):
        return value and texts.moment_text(self.env, value, self.company_id)

    def _letter_text(self):
        parts = (self.letter_number, texts.day_text(self.env, self.letter_date))
        return texts.number_text(self.env, texts.join(self.env, parts))

    def _sheet_documents(self):
        """Return the papers of the file that are here, originals named as such."""
        lines = self.request_id.document_ids.filtered(
            lambda line: line.is_received and line.form != "seen"
        )
        forms = dict(lines._fields["form"]._description_selection(self.env))
        return [
            {
                "number": texts.number_text(self.env, number),
                "name": line.name,
                "form": forms[line.form],
            }
            for number, line in enumerate(lines, start=1)
        ]
