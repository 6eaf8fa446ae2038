from odoo.exceptions import UserError
from odoo.fields import Command

from .suggestion_common import SuggestionCase
from .year_common import IndicatorCase


class YearForgingCase(SuggestionCase, IndicatorCase):
    """A body, and somebody who keeps another one and sees this one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # secretary of another body, and a member of this one
        cls._seat(cls.body, "member", cls.other_secretary.partner_id)

    def _calling(self, body=None, unit=None, **vals):
        unit = unit or self.offices[0]
        return self.env["reform.evidence.call"].create(
            {
                "committee_id": (body or self.body).id,
                "jalali_year": self.year,
                "name": "Evidence of summer",
                "quarter": "2",
                "due_on": "2026-11-30",
                "line_ids": [Command.create({"department_id": unit.id})],
            }
            | vals
        )

    def _shortcoming(self, **vals):
        return self.env["reform.shortcoming"].create(
            {"committee_id": self.body.id, "name": "No queue", "cause": "own"} | vals
        )

    def _refused(self, record, user, vals, error=UserError):
        before = {name: record.sudo()[name] for name in vals}
        with self.subTest(record=record._name, vals=vals):
            with self.assertRaises(error):
                record.with_user(user).write(vals)
            record.invalidate_recordset()
            self.assertEqual({name: record.sudo()[name] for name in vals}, before)
