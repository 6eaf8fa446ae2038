from odoo import api, models
from odoo.tools.translate import TranslationImporter

from ..tools import core_terms


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        per_module, lang_params = super()._get_translations_for_webclient(modules, lang)
        lang = lang or self.env.context.get("lang")
        if lang:
            for module in core_terms.MODULES.intersection(per_module):
                per_module[module] = {"messages": core_terms.web_messages(module, lang)}
        return per_module, lang_params


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Complete Odoo's own words when a language is added."""
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if self.env.registry.ready:
            self._load_core_terms(modules, langs)
        return result

    def _register_hook(self):
        """Complete Odoo's own words when modules were installed or upgraded.

        Not in ``_load_module_terms``: Odoo's small modules are loaded before this one,
        which is not there yet to hear of them.
        """
        super()._register_hook()
        updated = self.env.registry.updated_modules
        if updated:
            self._load_core_terms(
                core_terms.MODULES if "agency_base" in updated else updated
            )

    @api.model
    def _load_core_terms(self, modules, langs=None):
        """Fill the gaps of ``modules`` and correct what Odoo has wrong.

        In ``langs``, else in every language that is installed.
        """
        if langs is None:
            langs = [code for code, _name in self.env["res.lang"].get_installed()]
        importer = TranslationImporter(self.env.cr, verbose=False)
        supplied = [
            (row, core_terms.wrong_text(row), lang)
            for lang in langs
            for module in core_terms.MODULES.intersection(modules)
            for row in core_terms.rows(module, lang)
            if row["type"] != "code"
        ]
        for row, wrong, lang in supplied:
            if not wrong:
                importer._load([row], lang)
        importer.save()
        for row, wrong, lang in supplied:
            if wrong and self._reads(wrong, row, lang):
                importer._load([row], lang)
        importer.save(force_overwrite=True)

    def _reads(self, text, row, lang):
        """Tell whether the term of ``row`` reads ``text`` in ``lang``."""
        record = self.env.ref(f"{row['module']}.{row['imd_name']}", False)
        field = record and record._fields.get(row["name"].split(",")[1])
        if not field:
            return False
        terms = field.get_trans_terms(record.with_context(lang=lang)[field.name])
        return text in map(core_terms.one_line, terms)


class TemplateResetMixin(models.AbstractModel):
    _inherit = "template.reset.mixin"

    def _override_translation_term(self, module_name, xml_ids):
        result = super()._override_translation_term(module_name, xml_ids)
        self.env["ir.module.module"]._load_core_terms([module_name])
        return result
