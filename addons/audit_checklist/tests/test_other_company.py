from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_routes import RouteCase


@tagged("post_install", "-at_install")
class TestOtherCompany(RouteCase):
    def test_other_companies_read_none_of_it(self):
        for record in (
            self.call,
            self.declaration,
            self.declaration.evidence_ids[:1],
            self.finding,
            self.action,
            self.proof,
            self.report,
            self.order,
            self.visit,
            self.visit.assessment_id.answer_ids[:1],
            self.visit.assessment_id.section_score_ids[:1],
            self.phase,
            self.programme,
            self.team,
            self.agency,
        ):
            foreign = record.with_user(self.foreigner)
            with self.subTest(record=record):
                self.assertTrue(record)
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                self.assertEqual(
                    foreign._read_group([("id", "=", record.id)], [], ["__count"]),
                    [(0,)],
                )
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])
                with self.assertRaises(AccessError):
                    foreign.export_data(["display_name"])
        for model in (
            "audit.answer.report",
            "audit.gap.report",
            "audit.credibility.report",
            "audit.ranking.report",
            "audit.inspector.report",
        ):
            self.env.flush_all()
            with self.subTest(model):
                self.assertFalse(self.env[model].with_user(self.foreigner).search([]))
        reports = self.env["audit.answer.report"].with_user(self.foreigner)
        self.assertFalse(reports.get_heat_map()["rows"])
        with self.assertRaises(AccessError):
            self.visit.with_user(self.foreigner).get_review()
