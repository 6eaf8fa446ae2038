from freezegun import freeze_time

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import JalaliCase

RELATIVE = (
    "['&', ('date', '>=', 'today =1jd -1jm'), ('date', '<', \"today =1jd\"),"
    " ('name', 'like', 'a1jd')]"
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:00:00")
class TestSavedFilters(JalaliCase):
    """Favourites that readers of both calendars share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holidays = cls.env["jalali.holiday"].create(
            [
                {"name": "a1jd in Mehr", "date": "2026-10-22"},
                {"name": "a1jd in Aban", "date": "2026-10-23"},
                {"name": "a1jd in Azar", "date": "2026-11-22"},
            ]
        )
        cls.shared = (
            cls.env["ir.filters"]
            .with_user(cls.fa_user)
            .create(
                {
                    "name": "Last month",
                    "model_id": "jalali.holiday",
                    "domain": RELATIVE,
                    "context": "{'group_by': ['date:month']}",
                    "user_ids": [(5,)],
                    "is_default": True,
                }
            )
        )

    def _open(self, user):
        """Return the labels of the groups and the names of the records in them."""
        [saved] = [
            saved
            for saved in self.as_user(self.env["ir.filters"], user).get_filters(
                "jalali.holiday"
            )
            if saved["id"] == self.shared.id
        ]
        self.assertTrue(saved["is_default"])
        model = self.as_user(self.env["jalali.holiday"], user)
        domain = self.shared._get_eval_domain()
        groups = model.formatted_read_group(domain, ["date:month"], ["__count"])
        names = [
            name
            for group in groups
            for name in model.search([*domain, *group["__extra_domain"]]).mapped("name")
        ]
        return [group["date:month"][1] for group in groups], names

    def test_every_reader_opens_the_same_records_in_groups_of_his_calendar(self):
        for user, labels in (
            (self.fa_user, ["آبان ۱۴۰۵"]),
            (self.en_user, ["October 2026"]),
            (self.mixed_user, ["اکتبر ۲۰۲۶"]),
        ):
            with self.subTest(user.login):
                self.assertEqual(self._open(user), (labels, ["a1jd in Aban"]))

    def test_filters_outlive_the_addon(self):
        plain = self.env["ir.filters"].create(
            {
                "name": "Plain",
                "model_id": "jalali.holiday",
                "domain": "[('name', '=', '1jd')]",
            }
        )
        uninstall_hook(self.env)
        self.assertEqual(
            self.shared.domain,
            "['&', ('date', '>=', 'today =1d -1m'), ('date', '<', \"today =1d\"),"
            " ('name', 'like', 'a1jd')]",
        )
        self.assertEqual(plain.domain, "[('name', '=', '1jd')]")
        domain = self.shared._get_eval_domain()
        found = self.as_user(self.holidays, self.en_user).search(domain)
        self.assertEqual(
            found.mapped("name"), ["a1jd in Mehr", "a1jd in Aban"]
        )  # the days of October
