"""A document with lines that is sealed, as an addon would define it."""

from odoo import api, fields, models


class ToyDocument(models.Model):
    _module = None
    _name = "agency.toy.document"
    _description = "Toy Document"
    _inherit = ["agency.seal.mixin", "mail.thread"]

    _seal_fields = ("name", "subject", "amount", "date", "decided_at", "partner_id")
    _seal_fields = (*_seal_fields, "tag_ids", "kind", "line_count", "price")
    _seal_children = ("line_ids",)
    _seal_personal_fields = ("mobile",)
    _seal_personal_parts = {"content": {"people.*.name": "Name", "chair": "Chair"}}
    _seal_open_fields = ("note",)

    name = fields.Char(copy=False)
    subject = fields.Char(translate=True)
    kind = fields.Selection([("a", "First"), ("b", "Second")], default="a")
    amount = fields.Float(digits=(16, 2))
    price = fields.Float()
    date = fields.Date()
    decided_at = fields.Datetime()
    partner_id = fields.Many2one("res.partner", ondelete="restrict")
    tag_ids = fields.Many2many("res.partner.category")
    mobile = fields.Char()
    content = fields.Text()
    note = fields.Char()
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    line_ids = fields.One2many("agency.toy.line", "document_id")
    line_count = fields.Integer(compute="_compute_line_count", store=True)

    @api.depends("line_ids.name", "partner_id.name")
    def _compute_line_count(self):
        for document in self:
            names = [document.partner_id.name, *document.line_ids.mapped("name")]
            document.line_count = len("".join(filter(None, names)))

    def _seal_prepare(self):
        for document in self:
            number = self.env["agency.counter"]._next("T", fields.Date.today(), "toy")
            document.name = f"T/{number}"


class ToyLine(models.Model):
    _module = None
    _name = "agency.toy.line"
    _description = "Toy Line"
    _inherit = ["agency.seal.part"]

    _seal_parent = "document_id"
    _seal_fields = ("name", "active")

    name = fields.Char()
    active = fields.Boolean(default=True)
    document_id = fields.Many2one("agency.toy.document", ondelete="cascade")
