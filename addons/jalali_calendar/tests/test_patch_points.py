from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.jalali_calendar import layers
from odoo.addons.jalali_calendar.layers import babel_dates, patch_points


class _OtherOdoo:
    def _read_group_groupby(self, spec):
        """Take other parameters than Odoo 19 does."""


@tagged("post_install", "-at_install")
class TestPatchPoints(BaseCase):
    def test_this_odoo_has_all_of_them(self):
        points = (*patch_points.BABEL, *patch_points.GROUPING)
        self.assertEqual(patch_points.missing(points), [])
        self.assertTrue(layers.GROUPING)

    def test_gone_and_changed_functions_are_named(self):
        parameters = ("self", "alias", "groupby_spec", "query")
        points = [
            (_OtherOdoo, "_read_group_groupby", parameters),
            (_OtherOdoo, "_web_read_group", ()),
        ]
        with self.assertLogs(patch_points._logger, "ERROR") as logs:
            self.assertFalse(patch_points.usable(points, "groups"))
        self.assertIn("_OtherOdoo._read_group_groupby, ", logs.output[0])
        self.assertIn("_OtherOdoo._web_read_group", logs.output[0])

    def test_babel_stays_as_it_is_when_it_does_not_fit(self):
        class DateTimeFormat:
            """A Babel of the future: no ``__getitem__``."""

        points = [(DateTimeFormat, "__getitem__", ("self", "name"))]
        with (
            patch.object(patch_points, "BABEL", points),
            self.assertLogs(patch_points._logger, "ERROR"),
        ):
            self.assertFalse(babel_dates.install())
        self.assertFalse(hasattr(DateTimeFormat, "__getitem__"))
