import re

from odoo import api, fields, models

from odoo.addons.agency_base.tools import to_latin_digits

# What people write to the line: the code of the unit, a mark of 1 to 5, their words.
_OPINION = re.compile(
    r"\S+\s+(?P<code>\S+)\s+(?P<score>[1-5])(?:\s+(?P<words>.*))?", re.S
)
MAX_WORDS = 500


class AuditOpinion(models.Model):
    """What somebody who was served at a unit thinks of it, by the public SMS line.

    Shown beside the score of a visit and never part of it; too few of them are shown
    with a warning and compared with nothing.
    """

    _name = "audit.opinion"
    _description = "Public Opinion"
    _inherit = ["agency.derived.mixin"]
    _order = "id desc"
    _check_company_auto = True

    unit_id = fields.Many2one(
        "audit.unit", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    score = fields.Integer(required=True, aggregator="avg", help="1 (bad) to 5 (good).")
    words = fields.Text()
    given_on = fields.Date(
        required=True, index=True, default=lambda self: fields.Date.context_today(self)
    )
    source = fields.Selection(
        [("sms", "SMS line"), ("entered", "Entered")],
        required=True,
        readonly=True,
        default="entered",
    )
    inbound_id = fields.Many2one(
        "agency.sms.inbound", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _score_in_range = models.Constraint(
        "CHECK (score BETWEEN 1 AND 5)", "A mark lies between 1 and 5."
    )
    _unit_day_idx = models.Index("(unit_id, given_on)")


class AgencySmsInbound(models.Model):
    """The keyword by which people rate a unit: «ارزیابی U12 4 …»."""

    _inherit = "agency.sms.inbound"

    @api.model
    def _keyword_handlers(self):
        return super()._keyword_handlers() | {
            "ارزیابی": "_audit_opinion",
            "audit": "_audit_opinion",
        }

    def _audit_opinion(self):
        """Keep the opinion; the last one of a number counts on each day."""
        self.ensure_one()
        match = _OPINION.fullmatch(to_latin_digits(self.text or "").strip())
        unit = match and (
            # sudo: who writes is nobody here
            self.env["audit.unit"]
            .sudo()
            .search(
                [
                    ("code", "=ilike", match["code"].replace("%", "").replace("_", "")),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )
        if not unit:
            return
        opinions_sudo = self.env["audit.opinion"].sudo()
        today = fields.Date.context_today(self)
        same = opinions_sudo.search(
            [
                ("unit_id", "=", unit.id),
                ("given_on", "=", today),
                ("inbound_id.number", "=", self.number),
            ],
            limit=1,
        )
        values = {
            "score": int(match["score"]),
            "words": (match["words"] or "")[:MAX_WORDS],
            "inbound_id": self.id,
        }
        if same:
            same.write(values)
        else:
            opinions_sudo.create(
                values | {"unit_id": unit.id, "source": "sms", "given_on": today}
            )
        self.state = "handled"
