from odoo import fields, models


class ReformPhrase(models.Model):
    """A block of text that secretaries put into minutes with a key or two.

    Fields in braces are filled from the vote and the meeting, as {yes} and {chair}.
    """

    _name = "reform.phrase"
    _description = "Text Block"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Short Name", required=True)
    text = fields.Text(
        required=True,
        help="May hold {yes}, {no}, {abstain}, {present}, {chair}, {body}, {date}.",
    )
    committee_id = fields.Many2one(
        "reform.committee",
        "Only for",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one("res.company", index=True)
    active = fields.Boolean(default=True)
