from odoo import fields, models

# A roll has no pages: documents end long before this, and the paper is cut there.
ROLL_MM = 4000


class ReportPaperformat(models.Model):
    _inherit = "report.paperformat"

    is_roll = fields.Boolean(
        "Roll",
        help="For receipt printers: the paper is cut where the document ends.",
    )

    def _official_paper(self):
        """Return what the layout of official documents asks of the paper, in mm."""
        self.ensure_one()
        height = ROLL_MM if self.is_roll else self.print_page_height
        margins = (
            self.margin_top,
            self.margin_right,
            self.margin_bottom,
            self.margin_left,
        )
        return {
            "is_roll": self.is_roll,
            "is_small": self.print_page_width < 180,
            "size": f"{self.print_page_width:.2f}mm {height:.2f}mm",
            "margin": " ".join(f"{margin:.2f}mm" for margin in margins),
        }
