from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ServiceDeskTransmittalLine(models.Model):
    """An original on a transmittal list."""

    _name = "service.desk.transmittal.line"
    _description = "Original on a List"
    _inherit = ["agency.derived.mixin"]
    _order = "id"

    transmittal_id = fields.Many2one(
        "service.desk.transmittal", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="transmittal_id.company_id", store=True)
    document_id = fields.Many2one(
        "service.desk.request.document",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("form", "=", "original"), ("is_received", "=", True)],
    )
    request_id = fields.Many2one(related="document_id.request_id", string="Request")
    note = fields.Char(help="Condition of the original, number of sheets.")

    _document_once = models.UniqueIndex(
        "(transmittal_id, document_id)", "This original is on the list already."
    )

    @api.constrains("document_id", "transmittal_id")
    def _check_document(self):
        # sudo: an id proves nothing; who may not see the paper is told no more
        for line_sudo in self.sudo():
            document_sudo, desk = (
                line_sudo.document_id,
                line_sudo.transmittal_id.desk_id,
            )
            if (
                document_sudo.form != "original"
                or not document_sudo.is_received
                or document_sudo.request_id.desk_id != desk
            ):
                raise ValidationError(
                    self.env._("Only originals this desk has received go on its lists.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    def unlink(self):
        self._check_draft()
        return super().unlink()

    def _check_draft(self):
        if self.transmittal_id.filtered(lambda paper: paper.state != "draft"):
            raise UserError(self.env._("A signed list does not change."))

    def _check_holder(self, direction, unit):
        """Refuse to hand over what lies elsewhere."""
        wanted = unit if direction == "back" else unit.browse()
        for line in self:
            if line.document_id.holder_id != wanted:
                raise ValidationError(
                    self.env._(
                        "“%(document)s” of %(request)s is not here: it is with "
                        "%(holder)s.",
                        document=line.document_id.name,
                        request=line.request_id.display_name,
                        holder=line.document_id.holder_id.name
                        or self.env._("the desk"),
                    )
                )


class ServiceDeskReferral(models.Model):
    _inherit = "service.desk.referral"

    def action_make_list(self):
        """List the originals that go to the units with these files."""
        return self._open_lists("out")

    def action_make_return_list(self):
        """List the originals that come back from the units."""
        return self._open_lists("back")

    def _open_lists(self, direction):
        lists = self.env["service.desk.transmittal"]._make_for(self, direction)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_transmittal_action"
        )
        if len(lists) == 1:
            return action | {"views": [(False, "form")], "res_id": lists.id}
        return action | {"domain": [("id", "in", lists.ids)]}
