from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import listed
from odoo.addons.agency_base.tools.canonical import canonical, sha256


class AuditVisit(models.Model):
    """What an officer does with a submitted visit: accept and seal it, or return it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    na_confirmed = fields.Boolean(
        compute="_compute_na_confirmed", help="The officer agreed to so much of it."
    )
    is_na_excessive = fields.Boolean(
        compute="_compute_na_confirmed", help="More of it than the checklist allows."
    )

    is_unsigned = fields.Boolean(compute="_compute_is_unsigned")
    unsigned_reason = fields.Char(
        "Why Accepted Unsigned",
        copy=False,
        help="Why it counts although not both inspectors signed; sealed with it.",
    )

    items_to_mend = fields.Text("What to Mend", compute="_compute_items_to_mend")

    @api.depends("return_codes")
    @api.depends_context("lang")
    def _compute_items_to_mend(self):
        for visit in self:
            codes, version = visit.return_codes, visit.assessment_id.version_id
            visit.items_to_mend = codes and version._items_text(codes)

    @api.depends("member_ids.confirmed_at")
    def _compute_is_unsigned(self):
        for visit in self:
            visit.is_unsigned = not all(
                member.confirmed_at for member in visit.member_ids
            )

    def _compute_na_confirmed(self):
        for visit in self:
            visit.na_confirmed = bool(visit.assessment_id.na_confirmed_by_id)
            visit.is_na_excessive = visit.assessment_id.is_na_excessive

    def action_accept(self):
        """Accept submitted visits: lock them, seal them, draft their findings."""
        self._hold()
        self.write({"state": "accepted"})
        for visit in self:
            visit._seal_assessment()
            visit.assessment_id._make_findings()

    def action_confirm_na(self):
        """Agree to a large share of items that are not applicable."""
        self._check_reviewer()
        for visit in self:
            # sudo: a stamp, given by this button only
            visit.assessment_id.sudo().na_confirmed_by_id = self.env.user

    def action_return(self):
        """Ask why, and for which items, before returning the visit."""
        self.ensure_one()
        self._check_reviewer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return the Visit"),
            "res_model": "audit.visit.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_visit_id": self.id},
        }

    def _return(self, reason, codes):
        """Send the visit back to its team."""
        self.ensure_one()
        self.write({"state": "returned"})
        # sudo: stamps and the assessment follow the transition just made
        visit_sudo = self.sudo()
        visit_sudo.write(
            {
                "return_reason": reason,
                "return_codes": " ".join(codes) or False,
                "unsigned_reason": False,
            }
        )
        assessment_sudo = visit_sudo.assessment_id
        assessment_sudo.revision += 1
        if assessment_sudo.state == "submitted":
            assessment_sudo.state = "returned"
        # What both signed is about to change.
        visit_sudo.member_ids.confirmed_at = False
        self.message_post(
            body=self.env._("Returned: %(reason)s", reason=reason),
            partner_ids=self.member_ids.user_id.partner_id.ids,
        )

    def _check_acceptable(self):
        """Raise UserError for visits that cannot be accepted as they are."""
        for visit in self:
            assessment = visit.assessment_id
            if assessment.conflict_count:
                raise UserError(
                    self.env._(
                        "%(visit)s still has conflicting answers.",
                        visit=visit.display_name,
                    )
                )
            if assessment.is_provisional:
                raise UserError(
                    self.env._(
                        "%(visit)s still has unanswered items.",
                        visit=visit.display_name,
                    )
                )
            if assessment.is_na_excessive and not assessment.na_confirmed_by_id:
                raise UserError(
                    self.env._(
                        "More is not applicable at %(visit)s than usual: confirm that "
                        "first.",
                        visit=visit.display_name,
                    )
                )
            if visit.is_unsigned and not (visit.unsigned_reason or "").strip():
                unsigned = visit.member_ids.filtered(lambda m: not m.confirmed_at)
                raise UserError(
                    self.env._(
                        "%(visit)s is not signed by %(inspectors)s yet. Wait for it, "
                        "or write why you accept it all the same.",
                        visit=visit.display_name,
                        inspectors=listed(
                            unsigned.user_id.mapped("name"), self.env.lang
                        ),
                    )
                )

    def _seal_assessment(self):
        self.ensure_one()
        # sudo: the transition was checked; the number and the seal follow from it
        assessment_sudo = self.sudo().assessment_id
        assessment_sudo.write({"state": "accepted", "visit_facts": self._facts()})
        assessment_sudo._seal()
        self.sudo().number = assessment_sudo.number

    def _facts(self):
        """Return what the visit adds to the sealed assessment, as canonical JSON."""
        self.ensure_one()
        signature = self.sudo().with_context(bin_size=False).host_signature
        return canonical(
            {
                "planned_start": self.planned_start,
                "started_at": self.started_at,
                "ended_at": self.ended_at,
                "start_place": [self.start_latitude, self.start_longitude]
                if self.has_start_place
                else None,
                "end_place": [self.end_latitude, self.end_longitude]
                if self.has_end_place
                else None,
                "team": self.team_id.name,
                "inspectors": [
                    {
                        "name": member.user_id.name,
                        "body": member.body_id.name,
                        "lead": member.is_lead,
                        "signed": member.confirmed_at,
                    }
                    for member in self.member_ids
                ],
                "unsigned_reason": self.unsigned_reason if self.is_unsigned else None,
                "host": self.host_name,
                "host_function": self.host_function,
                "host_note": self.host_note,
                "host_refusal": self.host_refusal,
                "host_signature": sha256(signature) if signature else None,
                "photos_missing": self.assessment_id.missing_photo_count,
                "accepted_by": self.env.user.name,
                "accepted_at": fields.Datetime.now(),
            }
        )
