import json
from hashlib import sha256

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from .. import clock, texts


class ServiceDeskServiceVersion(models.Model):
    """The content of a sheet as it was published, in every installed language.

    Counters, public pages, receipts and requests are made from versions, so that
    what a client was told can be shown years later, whatever the sheet says by then.
    """

    _name = "service.desk.service.version"
    _description = "Version of an Identity Sheet"
    _order = "service_id, number desc"
    _log_access = False

    service_id = fields.Many2one(
        "service.desk.service", required=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True
    )
    number = fields.Integer(required=True, readonly=True)
    content = fields.Json(required=True, readonly=True)
    digest = fields.Char("SHA-256", required=True, readonly=True)
    published_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: clock.now()
    )
    published_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    _number_uniq = models.UniqueIndex("(service_id, number)")

    @api.depends("number", "service_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(service)s, version %(number)s",
                service=version.service_id.name,
                number=texts.number_text(self.env, version.number),
            )

    # pylint: disable=method-required-super,no-raise-unlink
    def write(self, vals):
        raise UserError(self.env._("A published version does not change."))

    def unlink(self):
        raise UserError(self.env._("A published version is not deleted."))

    def _get_content(self, lang=None):
        """Return the content in ``lang``, else in the company's: to read only."""
        content = self._whole_content()
        facts, texts = content["facts"], content["texts"]
        wished = lang or self.env.lang
        if wished not in texts:
            company_lang = self.sudo().company_id.partner_id.lang
            codes = (company_lang, "fa_IR", next(iter(texts)))
            wished = next(code for code in codes if code in texts)
        return facts | texts[wished]

    @tools.ormcache("self.id")
    def _whole_content(self):
        """Return ``content`` to read only: it never changes, and copies cost."""
        self.ensure_one()
        return self.content


class ServiceDeskService(models.Model):
    _inherit = "service.desk.service"

    def _content_digest(self):
        """Return the sheet's publishable content and its SHA-256."""
        self.ensure_one()
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        content = {
            "facts": self._content_facts(),
            "texts": {
                lang: self.with_context(lang=lang)._content_texts()
                for lang in languages
            },
        }
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return content, sha256(canonical.encode()).hexdigest()

    def _content_facts(self):
        """Return what reads the same in every language."""
        names = [
            "code",
            "service_type",
            "audience",
            "nature",
            "level",
            "trigger",
            "mode",
            "desk_offer",
            "portal_url",
            "needs_presence",
            "output_is_original",
            "duration_unit",
            "duration_max",
            "duration_average",
            "visits_allowed",
        ]
        return {name: self[name] for name in names} | {
            "department_id": self.department_id.id,
            "cost": sum(self.cost_ids.mapped("amount")),
        }

    def _content_texts(self):
        """Return the texts in the language of the context."""
        names = [
            "name",
            "summary",
            "description",
            "output",
            "beneficiaries",
            "conditions",
            "process_name",
            "frequency",
            "keywords",
        ]
        lines = {
            "document_ids": "name form source is_mandatory condition note",
            "step_ids": "name days is_public note",
            "channel_ids": "channel stage days cost address note",
            "cost_ids": "name amount is_estimate condition",
            "legal_ids": "name article url",
        }
        texts = {name: self[name] or "" for name in names}
        for field, columns in lines.items():
            texts[field] = [
                {column: line[column] or False for column in columns.split()}
                | {"id": line.id, "sequence": position}
                for position, line in enumerate(self[field].sorted("sequence"))
            ]
        for step, values in zip(
            self.step_ids.sorted("sequence"), texts["step_ids"], strict=True
        ):
            values["department"] = step.department_id.name or False
        texts["department"] = self.department_id.name or ""
        texts["life_events"] = self.life_event_ids.mapped("name")
        return texts
