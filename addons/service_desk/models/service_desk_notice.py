from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from .. import clock
from ..tools import group_code
from .service_desk_event import KINDS

# Nobody is told today what happened last week.
OLDEST = timedelta(days=2)
BATCH = 200
# Served at once: what came before the end is not told on its own.
PASSED_OVER = ("registered", "completed", "incomplete", "referred", "ready")


class ServiceDeskNotice(models.Model):
    """What a client was told of an event, and what became of the message.

    A cron makes notices from the events of the last minute: neither rendering nor
    sending is ever part of the clerk's work. The text itself is not kept.
    """

    _name = "service.desk.notice"
    _description = "Notice to a Client"
    _order = "id desc"
    _log_access = False

    event_id = fields.Many2one(
        "service.desk.event", required=True, readonly=True, ondelete="restrict"
    )
    request_id = fields.Many2one(
        "service.desk.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    noticed_at = fields.Datetime("Queued On", readonly=True)
    sms = fields.Selection(
        [
            ("queued", "Queued"),
            ("no_gateway", "No Gateway"),
            ("no_mobile", "No Mobile Number"),
            ("none", "Not Told"),
        ],
        "SMS",
        readonly=True,
        required=True,
    )
    sms_uuid = fields.Char(readonly=True, groups="base.group_system")
    is_emailed = fields.Boolean("E-mail", readonly=True)
    outcome = fields.Char(compute="_compute_outcome")

    _event_uniq = models.UniqueIndex("(event_id)", "This event was told already.")

    @api.depends("sms", "sms_uuid")
    def _compute_outcome(self):
        """Tell what the provider said of the SMS, as far as it is known."""
        # sudo: what became of a message is no secret, its text and number are
        logs_sudo = self.env["agency.sms.log"].sudo()
        uuids = [uuid for uuid in self.sudo().mapped("sms_uuid") if uuid]
        states = dict(logs_sudo._fields["state"]._description_selection(self.env))
        known = {
            log_sudo.local_id: states[log_sudo.state]
            for log_sudo in logs_sudo.search([("local_id", "in", uuids)])
        }
        labels = dict(self._fields["sms"]._description_selection(self.env))
        for notice in self:
            notice.outcome = known.get(notice.sudo().sms_uuid) or labels[notice.sms]

    @api.model
    def _cron_queue(self):
        """Queue the messages about what happened since the last run."""
        events = self._pending_events()
        for company, of_company in events.grouped("company_id").items():
            lang = company.partner_id.lang or "fa_IR"
            notices = self.with_company(company).with_context(lang=lang)
            notices._queue(of_company.with_env(notices.env))
        self.env["ir.cron"]._commit_progress(len(events))

    @api.model
    def _pending_events(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event.id
                  FROM service_desk_event AS event
                 WHERE event.happened_at > %s
                   AND NOT EXISTS (
                       SELECT FROM service_desk_notice AS notice
                        WHERE notice.event_id = event.id
                   )
              ORDER BY event.id
                 LIMIT %s
                """,
                clock.now() - OLDEST,
                BATCH,
            )
        )
        return self.env["service.desk.event"].browse([row[0] for row in rows])

    @api.model
    def _queue(self, events):
        """Write one notice for each of ``events`` of one company, with its message."""
        company = self.env.company
        messages = self.env["service.desk.message"]._by_kind(company)
        has_gateway = bool(self.env["agency.sms.gateway"]._for_company(company))
        vals_list = []
        for event in events:
            message = messages.get(event.kind)
            if message and self._is_worth_telling(event):
                vals_list.append(self._tell(event, message, has_gateway))
            else:
                vals_list.append({"sms": "none"})
            vals_list[-1] |= {
                "event_id": event.id,
                "request_id": event.request_id.id,
                "company_id": company.id,
                "kind": event.kind,
                "noticed_at": clock.now(),
            }
        return self.create(vals_list)

    @api.model
    def _is_worth_telling(self, event):
        request = event.request_id
        at_once = request.mode == "on_the_spot" and request.state == "delivered"
        return not (at_once and event.kind in PASSED_OVER)

    @api.model
    def _tell(self, event, message, has_gateway):
        """Queue SMS and e-mail about ``event``; return what was done."""
        request = event.request_id
        text = message._fill(request._notice_values(event))
        done = {"sms": "queued"}
        if not request.mobile:
            done["sms"] = "no_mobile"
        elif not has_gateway:
            done["sms"] = "no_gateway"
        else:
            sms = self.env["sms.sms"].create(
                {
                    "number": request.mobile,
                    "body": text,
                    "agency_company_id": self.env.company.id,
                }
            )
            done["sms_uuid"] = sms.uuid
        if message.by_email and request.partner_id.email:
            self._mail(request, text)
            done["is_emailed"] = True
        return done

    @api.model
    def _mail(self, request, text):
        lines = Markup("<br/>").join(text.splitlines())
        self.env["mail.mail"].create(
            {
                "subject": self.env._(
                    "Your request %s", group_code(request.tracking_code)
                ),
                "email_to": request.partner_id.email_formatted,
                "email_from": self.env.company.email_formatted,
                "body_html": Markup("<p dir='auto'>%s</p>") % lines,
                "auto_delete": True,
            }
        )
