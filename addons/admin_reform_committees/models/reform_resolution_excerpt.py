from odoo import fields, models

from odoo.addons.agency_base.tools.jobs import job_method

from ..texts import listed

REPORT = "admin_reform_committees.resolution_excerpt"


class ReformResolutionExcerpt(models.Model):
    """The excerpt of the minutes on one page, sent to who must carry it out."""

    _inherit = "reform.resolution"

    excerpt_id = fields.Many2one(
        "ir.attachment", readonly=True, copy=False, ondelete="restrict"
    )

    def _send_excerpt_later(self):
        """Queue the excerpts: nobody waits for a PDF."""
        for resolution in self:
            self.env["agency.job"]._enqueue(
                resolution,
                "_job_excerpt",
                self.env._("Communication of %s", resolution.display_name),
                key=f"reform-excerpt-{resolution.id}",
            )

    @job_method
    def _job_excerpt(self, job):
        # sudo: excerpts are the body's, whoever had them made
        for resolution in job._each(self.sudo()):
            if not resolution.excerpt_id:
                resolution._make_excerpt()
                resolution._mail_excerpt()

    def _make_excerpt(self):
        self.ensure_one()
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        report = self.env["ir.actions.report"].with_context(lang=lang)
        content, _type = report._render_qweb_pdf(REPORT, self.ids)
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.number.replace('/', '-')}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._set_stamps({"excerpt_id": attachment.id})

    def _mail_excerpt(self):
        """Queue a mail with the excerpt to who is responsible, where he has one."""
        address = self.responsible_id.email
        if not address:
            return
        self.env["mail.mail"].create(
            {
                "subject": self.env._("Resolution %s", self.display_name),
                "email_to": address,
                "body_html": self.env["ir.qweb"]._render(
                    "admin_reform_committees.resolution_excerpt_mail",
                    {"resolution": self, "url": self._link()},
                ),
                "attachment_ids": self.excerpt_id.ids,
                "model": self._name,
                "res_id": self.id,
            }
        )

    def _link(self):
        return f"{self.get_base_url()}/odoo/reform-resolutions/{self.id}"

    def action_excerpt(self):
        """Open the excerpt in another tab."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/reform/resolution/{self.id}/excerpt.pdf",
            "target": "new",
        }

    def _excerpt_content(self):
        """Return what the excerpt says: what was sealed, and what came after."""
        self.ensure_one()
        minutes = self.meeting_id.minutes_ids.filtered("seal_id")[:1]
        content = minutes._document() if minutes else self.meeting_id._minutes_content()
        row = next((row for row in content["resolutions"] if row["id"] == self.id), {})
        seal = minutes.seal_id
        return {
            "body": content["body"],
            "over": content["over"],
            "meeting": listed(
                self.env,
                [self.env._("Meeting %s", content["number"]), content["when"]],
            ),
            "chair": content["chair"],
            "row": row,
            "number": row.get("number", ""),
            "text": self.text,
            "part": self.approved_text or "",
            "directive": self.directive or "",
            "approver": self._excerpt_approver(),
            "verify_url": f"{seal.get_base_url()}/verify/{seal.code}" if seal else "",
        }

    def _excerpt_approver(self):
        """Return who approved it, and for whom."""
        name = self.approved_by_id.name or ""
        if self.approved_for_id:
            return self.env._(
                "%(deputy)s, on behalf of %(approver)s",
                deputy=name,
                approver=self.approved_for_id.name,
            )
        return name
