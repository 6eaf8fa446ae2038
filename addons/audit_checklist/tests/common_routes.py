import uuid

from odoo.tests import HttpCase, new_test_user

from .common_declaration import DeclarationCase
from .common_field import TODAY
from .common_follow import PDF

GUESS = str(uuid.UUID(int=7))
HUGE = 10**14


class RouteCase(DeclarationCase, HttpCase):
    """One record of each kind an address leads to, and those it is no business of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding.with_user(cls.officer).action_issue()
        cls.finding.with_user(cls.representative).sudo()._agency_answer("accept", "")
        cls.action = cls.env["audit.action"].create(
            {
                "finding_id": cls.finding.id,
                "name": "Secret action",
                "owner": "Head",
                "date_due": "2026-07-10",
            }
        )
        cls.proof = cls.env["audit.action.proof"]._add(cls.action, "a.pdf", PDF)
        cls.document = (
            cls.declaration.with_user(cls.representative)
            .sudo()
            ._declare_document("A1", "a.pdf", PDF)
        )
        cls.report = cls.env["audit.daily.report"]._freeze(cls.phase, TODAY)
        cls.order = cls.env["audit.daily.order"].create(
            {
                "report_id": cls.report.id,
                "subject": "All",
                "text": "Secret order",
                "owner": "Head",
                "date_due": TODAY,
            }
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other province"})
        cls.foreigner = new_test_user(
            cls.env,
            "audit_foreigner",
            groups="audit_checklist.group_administrator,base.group_allow_export",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.clerk = new_test_user(cls.env, "audit_clerk3", groups="base.group_user")

    def _table(self, report=None, finding=None, action=None, order=None, keys=None):
        """Return ``{route: (address, whether it is posted to)}``."""
        report = report or self.report.id
        finding = finding or self.finding.id
        action = action or self.action.id
        order = order or self.order.id
        declared, document, proof = keys or (
            self.declaration.instance_uuid,
            self.document.uuid,
            self.proof.uuid,
        )
        version = HUGE if keys else self.version.id
        paper, round_path = f"/audit/report/{report}", f"/my/declarations/{declared}"
        found = f"/my/findings/{finding}"
        return {
            "/audit/report/<int:report_id>": (paper, False),
            "/audit/report/<int:report_id>/order": (f"{paper}/order", True),
            "/audit/report/<int:report_id>/answer/<int:order_id>": (
                f"{paper}/answer/{order}",
                True,
            ),
            "/audit/report/<int:report_id>/settle/<int:order_id>": (
                f"{paper}/settle/{order}",
                True,
            ),
            "/audit/report/<int:report_id>/<any(pdf, xlsx):form>": (
                f"{paper}/pdf",
                False,
            ),
            "/audit/field": ("/audit/field", False),
            "/audit/field/take": ("/audit/field/take", False),
            "/audit/field/sync": ("/audit/field/sync", True),
            "/audit/field/photo/<string:uuid>": (f"/audit/field/photo/{proof}", True),
            "/audit/evidence/<string:uuid>": (f"/audit/evidence/{document}", False),
            "/audit/paper/<string:paper>": ("/audit/paper/letter", False),
            "/audit/proof/<string:uuid>": (f"/audit/proof/{proof}", False),
            "/audit/checklist/<int:version_id>/xlsx": (
                f"/audit/checklist/{version}/xlsx",
                False,
            ),
            "/my/declarations/<string:uuid>": (round_path, False),
            "/my/declarations/<string:uuid>/answer": (f"{round_path}/answer", True),
            "/my/declarations/<string:uuid>/document": (f"{round_path}/document", True),
            "/my/declarations/<string:uuid>/document/<string:document>": (
                f"{round_path}/document/{document}",
                False,
            ),
            "/my/declarations/<string:uuid>/document/<string:document>/remove": (
                f"{round_path}/document/{document}/remove",
                True,
            ),
            "/my/declarations/<string:uuid>/submit": (f"{round_path}/submit", True),
            "/my/findings/<int:finding_id>": (found, False),
            "/my/findings/<int:finding_id>/answer": (f"{found}/answer", True),
            "/my/findings/<int:finding_id>/action": (f"{found}/action", True),
            "/my/findings/<int:finding_id>/action/<int:action_id>/done": (
                f"{found}/action/{action}/done",
                True,
            ),
            "/my/findings/<int:finding_id>/action/<int:action_id>/move": (
                f"{found}/action/{action}/move",
                True,
            ),
            "/my/findings/proof/<string:uuid>": (f"/my/findings/proof/{proof}", False),
        }
