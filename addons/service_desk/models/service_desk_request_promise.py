from collections import defaultdict

import pytz

from odoo import fields, models
from odoo.exceptions import ValidationError

from .. import clock


class ServiceDeskRequest(models.Model):
    """When it will be ready: promised, paused for the client, kept or broken."""

    _inherit = "service.desk.request"

    date_promised = fields.Date(
        "Promised",
        readonly=True,
        copy=False,
        help="The day the client was told. It never moves without a reason he is told.",
    )
    date_deadline = fields.Datetime(
        "Deadline",
        readonly=True,
        copy=False,
        help="What the promise is measured by: moves only by days the client took.",
    )
    promise_kept = fields.Selection(
        [("kept", "Kept"), ("broken", "Broken")], readonly=True, copy=False
    )
    paused_days = fields.Integer(
        "Days Left at the Pause",
        readonly=True,
        copy=False,
        help="Working days that were left when the clock stopped for a document.",
    )
    promise_ids = fields.One2many("service.desk.promise", "request_id", "Promises")

    # What the figures of a month are counted from.
    _month_registered_idx = models.Index("(company_id, date_registered)")
    _month_ready_idx = models.Index(
        "(company_id, date_ready) WHERE date_ready IS NOT NULL"
    )

    def action_move_promise(self, date, reason):
        """Tell the client a later date. The first promise stays and is measured."""
        self.ensure_one()
        self.check_access("write")
        reason = (reason or "").strip()
        if self.state not in ("registered", "referred"):
            raise ValidationError(
                self.env._("Only a request in progress has a promise to move.")
            )
        if not date or not self.date_promised or date <= self.date_promised:
            raise ValidationError(self.env._("Choose a date after the promised one."))
        if not reason:
            raise ValidationError(
                self.env._("Write the reason: the client is told it.")
            )
        self._set_stamps({"date_promised": date})
        self._record_promises("agency", reason)
        self._log("promise_moved", reason)

    def _promise(self, cause, now):
        """Promise a date to each of ``self``, its clock starting at ``now``."""
        self._promise_from({request: (now, None) for request in self}, cause)

    def _promise_from(self, starts, cause):
        """Compute and record promises for ``{request: (start, days or None)}``.

        Each calendar is read once for the whole batch, and requests of one day and
        one duration share one computation and one UPDATE.
        """
        wishes = defaultdict(lambda: defaultdict(self.browse))
        for request, (start, days) in starts.items():
            service = request.service_id
            if days is None:
                wish = (start, service.duration_max, service.duration_unit)
            else:
                wish = (start, days, "days")
            # The promise is public; the service's calendar may belong to a unit.
            wishes[service.sudo()._get_calendar()][wish] |= request
        for calendar, by_wish in wishes.items():
            due = calendar._desk_due_batch(by_wish)
            for wish, requests in by_wish.items():
                zone = pytz.timezone(requests[0].company_id.agency_tz)
                day = pytz.utc.localize(due[wish]).astimezone(zone).date()
                requests._set_stamps({"date_promised": day, "date_deadline": due[wish]})
        self._record_promises(cause)

    def _record_promises(self, cause, reason=False):
        self.env["service.desk.promise"]._append(
            [
                {
                    "request_id": request.id,
                    "company_id": request.company_id.id,
                    "user_id": self.env.uid,
                    "happened_at": clock.now(),
                    "date_promised": request.date_promised,
                    "cause": cause,
                    "reason": reason,
                }
                for request in self
            ]
        )

    def _pause(self, now):
        """Stop the clock: remember the working days that are left."""
        for request in self.filtered("date_deadline"):
            calendar = request.service_id.sudo()._get_calendar()
            left = calendar._desk_days_between(now, request.date_deadline)
            request._set_stamps({"paused_days": left})

    def _resume(self, now):
        """Start the clock again, with the days that were left at the pause."""
        self._promise_from(
            {
                request: (now, request.paused_days if request.date_deadline else None)
                for request in self
            },
            "documents",
        )

    def _measure(self, now):
        """Stamp the moment it was ready, and whether the promise was kept."""
        for request in self.filtered(lambda request: not request.promise_kept):
            deadline = request.date_deadline
            request._set_stamps(
                {
                    "date_ready": now,
                    "promise_kept": "broken" if deadline and now > deadline else "kept",
                }
            )

    def _receive_documents(self, lacking=()):
        """Tick every document that is needed, except those named in ``lacking``."""
        self.document_ids.filtered(
            lambda document: (
                document.is_needed
                and document.form != "agency"
                and document.name not in lacking
            )
        ).is_received = True

    def _fill_documents(self):
        """Add the documents the sheet asks for; return who lacks a mandatory one."""
        vals_list = []
        for request in self.filtered(lambda request: not request.document_ids):
            version = request.service_id.version_id
            content = version._get_content(request.company_id.partner_id.lang)
            vals_list += [
                {
                    "request_id": request.id,
                    "service_document_id": document["id"],
                    "sequence": document["sequence"],
                    "name": document["name"],
                    "form": document["form"],
                    "is_mandatory": document["is_mandatory"],
                    "condition": document["condition"],
                    # A condition is asked about first; until then it is not owed.
                    "is_needed": not document["condition"],
                }
                for document in content["document_ids"]
            ]
        if vals_list:
            self.env["service.desk.request.document"].create(vals_list)
        return self.filtered("missing_count")
