import secrets

from odoo import api, fields, models

from odoo.addons.agency_base.tools import normalize_persian

from .. import clock

TOKEN_BYTES = 12
LONGEST_COMMENT = 2000
MOST_VISITS = 99
YES_NO = ("yes", "no")


class ServiceDeskFeedback(models.Model):
    """What one client says of one request: how it was, and whether he was sent inside.

    A row comes into being when the client is asked, or answers by himself. The ratings
    of a person are nobody's reading but the supervisor's; the clerk sees his own only
    summed up (``service.desk.rating.report``).
    """

    _name = "service.desk.feedback"
    _description = "Feedback of a Client"
    _inherit = ["agency.at.once.mixin"]
    _order = "id desc"
    _rec_name = "request_id"
    _check_company_auto = True

    # === Of what ===
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    request_id = fields.Many2one(
        "service.desk.request", required=True, readonly=True, ondelete="restrict"
    )
    service_id = fields.Many2one(
        "service.desk.service", required=True, readonly=True, ondelete="restrict"
    )
    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, ondelete="restrict"
    )
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    user_id = fields.Many2one("res.users", "Clerk", readonly=True)
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(TOKEN_BYTES),
    )

    # === What was said ===
    channel = fields.Selection(
        [("web", "Internet"), ("sms", "SMS")], readonly=True, copy=False
    )
    rated_at = fields.Datetime(readonly=True, copy=False)
    score = fields.Integer(
        readonly=True, copy=False, aggregator="avg", help="1 (poor) to 5 (very good)."
    )
    was_on_time = fields.Selection(
        [("yes", "Yes"), ("no", "No")], "In Time", readonly=True, copy=False
    )
    was_asked_twice = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Same Document Asked Twice",
        readonly=True,
        copy=False,
    )
    visits_told = fields.Integer("Visits by the Client", readonly=True, copy=False)
    comment = fields.Text(readonly=True, copy=False)
    sent_inside = fields.Selection(
        [("yes", "Yes"), ("no", "No")], readonly=True, copy=False
    )
    sent_unit_id = fields.Many2one(
        "hr.department", "Sent To", readonly=True, copy=False, check_company=True
    )
    sent_at = fields.Datetime("Answered On", readonly=True, copy=False)
    is_redacted = fields.Boolean(readonly=True, copy=False)

    _request_uniq = models.UniqueIndex(
        "(request_id)", "There is feedback on this request already."
    )
    _token_uniq = models.UniqueIndex("(token)")
    _rated_idx = models.Index("(company_id, rated_at) WHERE rated_at IS NOT NULL")
    _score_in_range = models.Constraint(
        "CHECK ((rated_at IS NULL AND COALESCE(score, 0) = 0) "
        "OR (rated_at IS NOT NULL AND score BETWEEN 1 AND 5))",
        "A rating is from 1 to 5.",
    )

    @api.model
    def _find_by_token(self, token, company):
        """Return the feedback a link was sent for, else nothing.

        sudo: the token is the right of who got the link
        """
        return self.sudo().search(
            [("token", "=", token), ("company_id", "=", company.id)], limit=1
        )

    def _rate(self, answers, channel="web"):
        """Keep a rating, once; tell whether it was kept.

        ``answers`` come from a form anybody can send: what does not fit is left out.
        """
        self.ensure_one()
        # The second of two clicks finds the row rated.
        self._hold()
        if self.rated_at or answers.get("score") not in range(1, 6):
            return False
        visits = answers.get("visits") or 0
        vals = {
            "rated_at": clock.now(),
            "channel": channel,
            "score": answers["score"],
            "visits_told": min(max(visits, 0), MOST_VISITS),
            "comment": normalize_persian(answers.get("comment"))[:LONGEST_COMMENT],
        }
        for name in ("was_on_time", "was_asked_twice"):
            if answers.get(name) in YES_NO:
                vals[name] = answers[name]
        self.write(vals)
        if answers.get("inside") in YES_NO and not self.sent_inside:
            self.request_id._answer_sent_inside(
                answers["inside"], answers.get("unit") or ""
            )
        return True

    def _is_said(self, answers):
        """Tell whether these answers are the kept ones: the page was sent twice."""
        self.ensure_one()
        comment = normalize_persian(answers.get("comment"))[:LONGEST_COMMENT]
        return (
            bool(self.rated_at)
            and self.score == answers.get("score")
            and (self.comment or "") == comment
        )

    def _retention_redact(self):
        """Forget what was written in one's own words; the marks stay."""
        self.write({"comment": False, "is_redacted": True})
