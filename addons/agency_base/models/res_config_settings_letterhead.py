from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    official_emblem = fields.Image(related="company_id.official_emblem", readonly=False)
    official_line_1 = fields.Char(related="company_id.official_line_1", readonly=False)
    official_line_2 = fields.Char(related="company_id.official_line_2", readonly=False)
    official_line_3 = fields.Char(related="company_id.official_line_3", readonly=False)
    official_footer = fields.Char(related="company_id.official_footer", readonly=False)

    def action_print_test_page(self):
        """Print a test page of the company with the settings as they are now."""
        self.ensure_one()
        return self.company_id.action_print_test_page()
