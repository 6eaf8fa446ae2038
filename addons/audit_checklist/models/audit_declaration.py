from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import score
from ..tools.field_ops import BadValueError, read_answer
from ..tools.reminders import ESCALATE_AT, REMIND_BEFORE, REMIND_EVERY

MAX_DOCUMENTS = 5
STAMPS = {
    "declared_by_id",
    "is_late",
    "reminded_on",
    "reminder_count",
    "accepted_by_id",
    "declaration_return_codes",
    "round_id",
}


class AuditAssessment(models.Model):
    """A unit's declaration of itself: the same items, answered in the portal.

    Representatives have no right to the model: `_declarant_domain` is their fence.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    round_id = fields.Many2one(
        "audit.declaration.round", readonly=True, index="btree_not_null"
    )
    declared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_late = fields.Boolean("Late", readonly=True, copy=False)
    declaration_return_reason = fields.Text("Why Sent Back", copy=False)
    declaration_return_codes = fields.Char("Items to Mend", readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)
    document_count = fields.Integer("Documents", compute="_compute_document_count")
    is_disclosed = fields.Boolean(
        compute="_compute_is_disclosed",
        search="_search_is_disclosed",
        help="An inspector may see what the unit declared: he has submitted his visit, "
        "or the programme is not blind.",
    )

    _declared_once = models.UniqueIndex(
        "(round_id, unit_id) WHERE round_id IS NOT NULL AND state != 'superseded'",
        "This unit has been invited to this round already.",
    )

    @api.depends("evidence_ids")
    def _compute_document_count(self):
        counts = dict(
            self.env["audit.evidence"]._read_group(
                [
                    ("assessment_id", "in", self.ids),
                    ("kind", "=", "document"),
                    ("state", "=", "received"),
                ],
                ["assessment_id"],
                ["__count"],
            )
        )
        for assessment in self:
            assessment.document_count = counts.get(assessment, 0)

    @api.depends_context("uid")
    def _compute_is_disclosed(self):
        found = self.search([("id", "in", self.ids), ("is_disclosed", "=", True)])
        for assessment in self:
            assessment.is_disclosed = assessment in found

    def _search_is_disclosed(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return [
            (
                "id",
                "in",
                SQL(
                    """(
                    SELECT declared.id
                      FROM audit_assessment AS declared
                      JOIN audit_visit AS visit
                        ON visit.unit_id = declared.unit_id
                       AND visit.phase_id = declared.phase_id
                      JOIN audit_visit_member AS member
                        ON member.visit_id = visit.id AND member.user_id = %s
                      JOIN audit_programme AS programme
                        ON programme.id = visit.programme_id
                     WHERE declared.kind = 'self_declaration'
                       AND declared.state IN ('submitted', 'accepted')
                       AND (NOT COALESCE(programme.is_blind, FALSE)
                            OR visit.state IN ('submitted', 'accepted', 'closed'))
                    )""",
                    self.env.uid,
                ),
            )
        ]

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_declared(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_declared(vals)
        if "state" in vals and not self.env.su and self.round_id:
            self._check_declaration_officer(vals["state"])
        return super().write(vals)

    def _refuse_declared(self, names):
        if not self.env.su and STAMPS & set(names):
            raise AccessError(
                self.env._("What a unit declared is recorded, not entered.")
            )

    def _check_declaration_officer(self, state):
        if state not in ("accepted", "returned"):
            raise AccessError(self.env._("A declaration is submitted in the portal."))
        user = self.env.user
        if not user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(
                self.env._("A programme officer accepts or returns declarations.")
            )
        for declaration in self:
            if declaration.declared_by_id == user:
                raise AccessError(
                    self.env._("Nobody accepts what he declared himself.")
                )

    # === The officer ===
    def action_accept_declaration(self):
        """Accept declarations: they are sealed and stay as they are."""
        self.lock_for_update()
        for declaration in self:
            if not declaration.round_id:
                raise UserError(self.env._("This is no declaration."))
            declaration.write({"state": "accepted"})
            # sudo: the transition was checked; stamp and seal follow from it
            declaration.sudo().accepted_by_id = self.env.uid
            declaration.sudo()._seal()

    def action_return_declaration(self):
        """Send declarations back; the reason is entered before."""
        for declaration in self:
            reason = (declaration.declaration_return_reason or "").strip()
            if not reason:
                raise UserError(
                    self.env._("Say why it is sent back: the agency reads it.")
                )
            declaration.write({"state": "returned"})
            declaration._tell_declarant(
                self.env._("Your declaration was sent back"), reason
            )

    # === The representative ===
    @api.model
    def _declarant_domain(self):
        """Return what finds the declarations the user answers for."""
        units = self.env["audit.unit"]._represented()
        return (
            Domain("round_id", "!=", False)
            & Domain("round_id.state", "!=", "draft")
            & Domain("state", "!=", "superseded")
            & Domain("unit_id", "child_of", units.ids)
        )

    def _check_declarable(self):
        self.ensure_one()
        if self.round_id.state != "running":
            raise UserError(self.env._("This round has been closed."))
        if not self._is_answerable():
            raise UserError(self.env._("This declaration was submitted and is locked."))

    def _declare(self, code, payload):
        """Keep the answer to one item and return what the page shows then."""
        self.ensure_one()
        self.lock_for_update()
        self._check_declarable()
        design = self.version_id._frozen_design()
        items = {
            item["code"]: item
            for section in design["sections"]
            for item in section["items"]
        }
        try:
            answer = read_answer(items[code], payload)
        except (KeyError, BadValueError) as error:
            raise UserError(self.env._("This is not an answer to the item.")) from error
        now = fields.Datetime.now()
        values = {
            "payload": answer,
            "answered_by_id": self.env.uid,
            "answered_at": now,
            "received_at": now,
        }
        known = self.answer_ids.filtered(lambda a: a.item_code == code)
        if known:
            known.write(values | {"revision": known.revision + 1})
        else:
            self.env["audit.answer"].create(
                values
                | {
                    "assessment_id": self.id,
                    "item_id": items[code]["id"],
                    "revision": 1,
                }
            )
        if not self.started_at:
            self.started_at = now
        self._rescore(design)
        return self._declared_status()

    def _declared_status(self):
        """Return what is answered, what is asked and what is still missing."""
        self.ensure_one()
        outcomes = {answer.item_code: answer for answer in self.answer_ids}
        result = self._declared_result()
        return {
            "answered": result["answered_count"],
            "asked": result["relevant_count"],
            "documents": self.document_count,
            "missing": result["missing"],
            "hidden": [
                code
                for code, outcome in result["items"].items()
                if outcome["state"] == "irrelevant"
            ],
            "open": [
                code
                for code, outcome in result["items"].items()
                if outcome["state"] == "open" and code in outcomes
            ],
            "sections": {
                section["code"]: [section["answered_count"], section["relevant_count"]]
                for section in result["sections"]
            },
        }

    def _declared_result(self):
        return score(
            self.version_id._frozen_design(),
            self._answers_for_score(),
            self._score_context(),
        )

    def _declare_document(self, code, name, content):
        """Keep a document beside the answer to an item."""
        self.ensure_one()
        self.lock_for_update()
        self._check_declarable()
        codes = set(self.version_id.item_ids.mapped("code"))
        if code not in codes:
            raise UserError(self.env._("This is not an item of the checklist."))
        beside = self.evidence_ids.filtered(
            lambda e: e.item_code == code and e.state == "received"
        )
        if len(beside) >= MAX_DOCUMENTS:
            raise UserError(self.env._("There are enough documents for this item."))
        return self.env["audit.evidence"]._take_document(self, code, name, content)

    def _submit_declaration(self):
        """Lock the declaration once everything that is asked is answered."""
        self.ensure_one()
        self.lock_for_update()
        self._check_declarable()
        result = self._declared_result()
        if result["missing"]:
            labels = {item.code: item.label for item in self.version_id.item_ids}
            raise UserError(
                self.env._(
                    "Not answered yet: %(items)s",
                    items=" ".join(labels[code] for code in result["missing"]),
                )
            )
        self._rescore()
        now = fields.Datetime.now()
        self.write(
            {
                "state": "submitted",
                "submitted_at": now,
                "ended_at": now,
                "declared_by_id": self.env.uid,
                "content_hash": self._answers_digest(),
                "is_late": fields.Date.context_today(self) > self.round_id.date_due,
                "declaration_return_reason": False,
            }
        )

    # === Mail ===
    def _tell_declarant(self, subject, body):
        """Queue a mail for those who declare for the unit."""
        self.ensure_one()
        # sudo: who represents a unit is not for everybody to read
        unit_sudo = self.sudo().unit_id
        users_sudo = unit_sudo.user_ids or unit_sudo.parent_id.user_ids
        people = users_sudo.partner_id
        if not people:
            return
        day = self.env["ir.qweb.field.date"].value_to_html(self.round_id.date_due, {})
        url = f"{self.get_base_url()}/my/declarations/{self.instance_uuid}"
        self.round_id.with_context(mail_notify_force_send=False).message_notify(
            subject=subject,
            body=Markup("<p>{}</p><p>{}</p><p><a href='{}'>{}</a></p>").format(
                body,
                self.env._("%(unit)s, until %(day)s", unit=self.unit_id.name, day=day),
                url,
                url,
            ),
            partner_ids=people.ids,
        )

    @api.model
    def _cron_remind_declarants(self):
        """Remind units shortly before the deadline and weekly after it."""
        rounds = self.env["audit.declaration.round"].search([("state", "=", "running")])
        for company in rounds.company_id:
            model = self.with_company(company)
            today = fields.Date.context_today(self.with_context(tz=company.agency_tz))
            waiting = model.search(
                Domain("company_id", "=", company.id)
                & Domain("state", "in", ("open", "returned"))
                & Domain("round_id.state", "=", "running")
                & Domain(
                    "round_id.date_due", "<=", today + timedelta(days=REMIND_BEFORE)
                )
                & (
                    Domain("reminded_on", "=", False)
                    | Domain("reminded_on", "<=", today - timedelta(days=REMIND_EVERY))
                )
            )
            for declaration in waiting:
                declaration._remind(today)
                self.env["ir.cron"]._commit_progress(1)

    def _remind(self, today):
        self._tell_declarant(
            self.env._("Reminder: your declaration is awaited"), self.round_id.name
        )
        count = self.reminder_count + 1
        # sudo: stamps of the reminder just sent
        self.sudo().write({"reminded_on": today, "reminder_count": count})
        if count == ESCALATE_AT:
            call = self.round_id.with_context(mail_notify_force_send=False)
            call.message_post(
                body=self.env._("%(unit)s does not answer.", unit=self.unit_id.name),
                partner_ids=call.user_id.partner_id.ids,
            )
