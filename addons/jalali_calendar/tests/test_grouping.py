import itertools

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.jalali_calendar.tools import to_jalali

from .grouping_case import MOMENTS, GroupingCase

UNITS = ("day", "week", "month", "quarter", "year")


@tagged("post_install", "-at_install")
class TestGrouping(GroupingCase):
    def _labels(self, user, model, domain, spec):
        groups = self.as_user(model, user).formatted_read_group(
            domain, [spec], ["__count"]
        )
        return [(group[spec][1], group["__count"]) for group in groups]

    def test_every_group_opens_its_records(self):
        sources = (
            (self.env["res.partner"], self.partner_domain, "create_date"),
            (self.env["res.currency.rate"], self.rate_domain, "name"),
            (
                self.env["res.currency.rate"],
                self.rate_domain,
                "currency_id.create_date",
            ),
        )
        users = (self.fa_user, self.en_user, self.mixed_user)
        zones = ("Asia/Tehran", "UTC", "America/New_York", False)
        for source, unit, user, zone, fill in itertools.product(
            sources, UNITS, users, zones, (False, True)
        ):
            model, domain, field = source
            if fill and (unit == "day" or "." in field):
                continue  # that is Odoo's own filling: thousands of empty groups
            model = self.as_user(model, user).with_context(tz=zone)
            groups = model.with_context(fill_temporal=fill).formatted_read_group(
                domain, [f"{field}:{unit}"], ["__count"]
            )
            self._check_groups(model, domain, (field, unit, user.login, zone), groups)

    def test_two_levels_open_their_records(self):
        model = self.as_user(self.env["res.partner"], self.fa_user)
        specs = ["create_date:year", "create_date:month"]
        groups = model.formatted_read_group(self.partner_domain, specs, ["__count"])
        self._check_groups(model, self.partner_domain, specs, groups)

    def test_months_and_years_are_jalali_for_the_persian_reader(self):
        domain = [*self.partner_domain, ("create_date", ">=", "2025-01-01")]
        self.assertEqual(
            self._labels(self.fa_user, self.partners, domain, "create_date:month"),
            [
                ("اسفند ۱۴۰۳", 2),
                ("فروردین ۱۴۰۴", 1),
                ("آبان ۱۴۰۴", 1),
                ("آذر ۱۴۰۴", 1),
                ("دی ۱۴۰۴", 2),
            ],
        )
        self.assertEqual(
            self._labels(self.fa_user, self.partners, domain, "create_date:quarter"),
            [
                ("زمستان ۱۴۰۳", 2),
                ("بهار ۱۴۰۴", 1),
                ("پاییز ۱۴۰۴", 2),
                ("زمستان ۱۴۰۴", 2),
            ],
        )
        self.assertEqual(
            self._labels(self.fa_user, self.partners, domain, "create_date:year"),
            [("۱۴۰۳", 2), ("۱۴۰۴", 5)],
        )
        self.assertEqual(
            self._labels(self.fa_user, self.partners, domain, "create_date:week")[-2:],
            [("هفتهٔ ۱ آذر ۱۴۰۴", 1), ("هفتهٔ ۶ دی ۱۴۰۴", 2)],
        )
        self.assertEqual(
            self._labels(self.fa_user, self.partners, domain, "create_date:day")[:2],
            [("۳۰ اسفند ۱۴۰۳", 2), ("۰۱ فروردین ۱۴۰۴", 1)],
        )

    def test_gregorian_readers_see_gregorian_groups(self):
        domain = [*self.partner_domain, ("create_date", ">=", "2025-06-01")]
        self.assertEqual(
            self._labels(self.en_user, self.partners, domain, "create_date:month"),
            [("November 2025", 2), ("January 2026", 2)],
        )
        self.assertEqual(
            self._labels(self.mixed_user, self.partners, domain, "create_date:month"),
            [("نوامبر ۲۰۲۵", 2), ("ژانویهٔ ۲۰۲۶", 2)],
        )
        self.assertEqual(
            self._labels(self.mixed_user, self.partners, domain, "create_date:year"),
            [("۲۰۲۵", 2), ("۲۰۲۶", 2)],
        )

    def test_groups_are_the_same_for_everyone_but_the_calendar(self):
        sql = {}
        for user in (self.en_user, self.mixed_user):
            model = self.as_user(self.env["res.partner"], user)
            query = model._search([])
            sql[user] = model._read_group_groupby(
                query.table, "create_date:month", query
            )
        self.assertEqual(sql[self.en_user], sql[self.mixed_user])
        self.assertIn("date_trunc", sql[self.en_user].code)

    def test_business_code_groups_by_gregorian_months_unless_it_asks(self):
        model = self.as_user(self.env["res.currency.rate"], self.fa_user)
        starts = [
            start
            for [start] in model._read_group(self.rate_domain, groupby=["name:month"])
        ]
        self.assertTrue(all(start.day == 1 for start in starts))
        asked = model.with_context(jalali_groups=True, lang="en_US")
        starts = [
            start
            for [start] in asked._read_group(self.rate_domain, groupby=["name:month"])
        ]
        self.assertTrue(all(to_jalali(start)[2] == 1 for start in starts))
        refused = model.with_context(jalali_groups=False)
        groups = refused.formatted_read_group(self.rate_domain, ["name:year"])
        self.assertEqual(groups[0]["name:year"], ("2020-01-01", "۲۰۲۰"))

    def test_dates_among_the_properties(self):
        base = self.env[
            "properties.base.definition"
        ]._get_definition_for_property_field("res.partner", "properties")
        base.properties_definition = [
            {"name": "signed", "string": "Signed", "type": "date"},
            {"name": "sent", "string": "Sent", "type": "datetime"},
        ]
        for partner, moment in zip(self.partners[:-1], MOMENTS, strict=False):
            partner.properties = {"signed": moment[:10], "sent": moment}
        for user, unit, name in itertools.product(
            (self.fa_user, self.en_user, self.mixed_user), UNITS, ("signed", "sent")
        ):
            model = self.as_user(self.env["res.partner"], user)
            spec = f"properties.{name}:{unit}"
            groups = model.formatted_read_group(
                self.partner_domain, [spec], ["__count"]
            )
            if user == self.fa_user:
                self._check_groups(model, self.partner_domain, spec, groups)
            if unit == "year":
                labels = [group[spec] and group[spec][1] for group in groups]
                expected = {self.fa_user: "۱۴۰۴", self.mixed_user: "۲۰۲۵"}
                self.assertIn(expected.get(user, "2025"), labels)

    def test_the_deprecated_method_stays_gregorian_as_a_whole(self):
        model = self.as_user(self.env["res.currency.rate"], self.fa_user)
        domain = [*self.rate_domain, ("name", ">=", "2025-11-01")]
        month = self.rates[-1].name.replace(day=1)
        rows = [{"name:month": month, "__domain": Domain(domain)}]
        model._read_group_format_result(rows, ["name:month"])
        self.assertEqual(rows[0]["name:month"], "ژانویهٔ 2026")

    def test_children_reach_the_dates_of_their_parents(self):
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": self.partners[-3].id}
        )
        model = self.as_user(self.env["res.partner"], self.fa_user)
        domain = [("id", "=", child.id)]
        [group] = model.formatted_read_group(
            domain, ["parent_id.create_date:month"], ["__count"]
        )
        self.assertEqual(group["parent_id.create_date:month"][1], "آذر ۱۴۰۴")
        self.assertEqual(
            model.search([*domain, *group["__extra_domain"]]).ids, child.ids
        )
