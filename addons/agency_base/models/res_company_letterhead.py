from odoo import fields, models
from odoo.tools.image import image_data_uri


class ResCompany(models.Model):
    """What the letterhead of official documents says of the body."""

    _inherit = "res.company"

    official_emblem = fields.Image("Emblem", max_width=512, max_height=512)
    official_line_1 = fields.Char(
        "First Line",
        help="Stands at the top of official documents: the name of the body, "
        "unless something else is written here.",
    )
    official_line_2 = fields.Char("Second Line")
    official_line_3 = fields.Char("Third Line")
    official_footer = fields.Char(
        "Address Line", help="Address, telephone and site, at the foot of each page."
    )

    def _official_lines(self):
        """Return the lines of the letterhead, from the top."""
        lines = (
            self.official_line_1 or self.name,
            self.official_line_2,
            self.official_line_3,
        )
        return [line for line in lines if line]

    def _official_emblem_uri(self):
        """Return the emblem as a ``data:`` address, or nothing."""
        # an image is read at full size whatever the client's context asks for
        emblem = self.with_context(bin_size=False).official_emblem
        return emblem and image_data_uri(emblem)

    def action_print_test_page(self):
        """Show the administrator his letterhead, with all that a document may hold."""
        report = self.env.ref("agency_base.test_page_report")
        return report.report_action(self, config=False)
