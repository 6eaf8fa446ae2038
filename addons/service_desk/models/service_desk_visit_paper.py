from base64 import b64encode
from datetime import timedelta

from odoo import models

from .. import clock, texts
from ..tools import qr_svg

# A receipt asked for later than this has been printed before.
FIRST_PRINT = timedelta(minutes=2)


class ServiceDeskVisit(models.Model):
    """What stands on the receipt; the client's name and numbers never do."""

    _inherit = "service.desk.visit"

    def _paper_values(self):
        self.ensure_one()
        env, desk = self.env, self.desk_id
        now = clock.now()
        late = now - self.date_end > FIRST_PRINT

        def moment(value):
            # A receipt is kept: it says the year too.
            return texts.moment_text(env, value, self.company_id, texts.DAY_YEAR)

        place = desk.name
        if self.counter_id:
            place = env._(
                "%(desk)s, counter %(number)s",
                desk=desk.name,
                number=texts.number_text(env, self.counter_id.number),
            )
        return {
            "lang": env.lang or "fa_IR",
            "direction": env["res.lang"]._get_data(code=env.lang).direction or "rtl",
            "company": self.company_id.name,
            "place": place,
            "moment": moment(self.date_end),
            "again": late and moment(now),
            "requests": [
                request._paper_values(number)
                for number, request in enumerate(self.request_ids.sorted("id"), 1)
            ],
            "qr": self._paper_qr(),
            "phone": texts.phone_text(env, desk.phone or self.company_id.phone),
            "person": self.user_id.name,
            "hours": texts.hours_text(env, desk._get_calendar()),
            "rights": env._(
                "You should not be sent to the units inside; if you are, say so on the "
                "tracking page. If the request is rejected you can object for %s.",
                texts.days_text(env, self.company_id.desk_appeal_days),
            ),
            "has_originals": any(
                self.request_ids.mapped("document_ids").mapped(
                    lambda line: line.form == "original" and line.is_received
                )
            ),
            "hands_original": any(self.request_ids.mapped("hands_original")),
            "signature": self._paper_signature(),
        }

    def _paper_signature(self):
        signed = self.request_ids.filtered("signature")[:1].signature
        return signed and f"data:image/png;base64,{signed.decode()}"

    def _paper_qr(self):
        """Return a picture that opens the tracking page with the first code filled."""
        code = self.request_ids.sorted("id")[:1].tracking_code or ""
        url = f"{self.get_base_url()}/desk/track?code={code}"
        picture = qr_svg(url).encode()
        return "data:image/svg+xml;base64," + b64encode(picture).decode()


class ServiceDeskRequest(models.Model):
    _inherit = "service.desk.request"

    def _paper_values(self, number):
        self.ensure_one()
        env = self.env
        content = self.version_id._get_content()
        values = self._counter_values()
        taken = self.document_ids.filtered(
            lambda document: document.is_received and document.form == "original"
        )
        cost = env._("Free of charge")
        if self.fee_amount:
            amount = env._("%s rials", texts.amount_text(env, self.fee_amount))
            cost = env._("%s, paid", amount) if self.fee_paid else amount
        wait = texts.duration_text(
            env, content["duration_max"], content["duration_unit"]
        )
        first = self.promise_ids.sorted("id")[:1]
        # What was done while the client waited has no day to come back.
        is_at_once = bool(self.date_started and self.date_closed)
        steps = [step["name"] for step in content["step_ids"] if step["is_public"]]
        return {
            "number": texts.number_text(env, number),
            "service": values["service"],
            "code": values["code"],
            # The date told at the counter, whatever was promised since.
            "promised": not is_at_once
            and texts.day_text(env, first.date_promised, texts.DAY_YEAR),
            "delivered": is_at_once and self._state_label(self.state),
            "unit": values["unit"],
            "cost": cost,
            "unit_and_cost": texts.join(env, (values["unit"], cost), strong=True),
            "taken": texts.join(env, taken.mapped("name")),
            "missing": values["missing"],
            "when": env._("Ready %s after the last document comes.", wait),
            "steps": texts.join(env, steps),
        }
