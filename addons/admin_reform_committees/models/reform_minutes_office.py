import json

from odoo import api, models

from odoo.addons.agency_base.tools import localize_digits

from ..docx import Docx
from ..odt import Odt
from ..texts import listed


class ReformMinutesOffice(models.Model):
    """Minutes as a file for office programs, beside the sealed PDF."""

    _inherit = "reform.minutes"

    @api.model
    def _sealed_content(self, seal):
        """Return what a seal on minutes says, read from the seal itself."""
        fields = seal._document()["record"]["fields"]
        return json.loads(fields["content"])

    def _office_file(self, kind):
        """Return the document for an office program; a draft says that it is one.

        :param kind: "docx" or "odt"
        """
        self.ensure_one()
        content = self._document()
        env = self.with_context(lang=content["lang"]).env
        lang = env["res.lang"]._get_data(code=content["lang"])
        writer = {"docx": Docx, "odt": Odt}[kind]
        paper = writer(right_to_left=lang.direction == "rtl")
        if self.state not in ("approved", "superseded"):
            paper.paragraph(env._("Draft – not approved"), bold=True, centre=True)
        paper.paragraph(self.company_id.name, bold=True)
        for line in filter(None, (content["over"], content["body"])):
            paper.paragraph(line)
        if content["number"]:
            paper.paragraph(env._("Number: %s", content["number"]))
        paper.paragraph(env._("Date: %s", content["date"]))
        if content["reason"]:
            paper.paragraph(
                env._(
                    "Version %(version)s, in place of the earlier one: %(reason)s",
                    version=localize_digits(content["version"], env.lang),
                    reason=content["reason"],
                )
            )
        title = env._("Minutes of %s", content["title"])
        paper.paragraph(title, bold=True, size=16, centre=True)
        paper.paragraph(content["when"], centre=True)
        paper.paragraph(env._("Chair: %s", content["chair"]))
        paper.paragraph(content["quorum"])
        self._office_people(paper, env, content)
        paper.heading(env._("Agenda"))
        for item in content["items"]:
            paper.paragraph(f"{item['number']}. {item['name']}")
        paper.heading(env._("Summary of the discussion"))
        for item in content["items"]:
            text = "\n".join(filter(None, (item["notes"], item["outcome"])))
            paper.paragraph(f"{item['number']}. {text}")
        self._office_resolutions(paper, env, content)
        self._office_end(paper, env, content)
        return paper.content()

    def _office_people(self, paper, env, content):
        paper.heading(env._("Present and absent"))
        head = [
            env._("Name"),
            env._("Post"),
            env._("Role"),
            env._("Arrived"),
            env._("Left"),
        ]
        rows = [
            [
                person["name"],
                person["post"],
                person["role"],
                person["in"] if person["here"] else person["status"],
                person["out"],
            ]
            for person in content["people"]
        ]
        paper.table(head, rows)

    def _office_resolutions(self, paper, env, content):
        if not content["resolutions"]:
            return
        paper.heading(env._("Resolutions"))
        head = [
            env._("Number"),
            env._("Text"),
            env._("Responsible"),
            env._("Deadline"),
            env._("Vote"),
        ]
        names = ("number", "text", "responsible", "due", "vote")
        rows = [[row[name] for name in names] for row in content["resolutions"]]
        paper.table(head, rows)

    def _office_end(self, paper, env, content):
        if content["signatures"]:
            paper.heading(env._("Signatures"))
            names = ("name", "role", "note")
            rows = [[line[name] for name in names] for line in content["signatures"]]
            paper.table([env._("Name"), env._("Role"), env._("Signature")], rows)
        approval = content["approval"]
        if approval:
            who = listed(env, [approval["by"], approval["role"]])
            if approval["behalf"]:
                who = env._(
                    "%(deputy)s, on behalf of %(approver)s",
                    deputy=who,
                    approver=approval["behalf"],
                )
            paper.paragraph(env._("Approved: %s", who), bold=True)
            paper.paragraph(approval["at"])
            if approval["directive"]:
                paper.paragraph(env._("Directive: %s", approval["directive"]))
