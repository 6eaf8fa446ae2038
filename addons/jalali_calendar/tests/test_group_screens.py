from odoo.tests import tagged

from .grouping_case import MOMENTS, GroupingCase


@tagged("post_install", "-at_install")
class TestGroupScreens(GroupingCase):
    """What lists, pivots, kanban columns and progress bars make of the groups."""

    def test_what_is_computed_for_opened_records_stays_gregorian(self):
        model = self.as_user(self.env["res.partner"], self.fa_user)
        seen = []
        stock = type(model).web_read

        def web_read(records, *args, **kwargs):
            seen.append(records.env.context.get("jalali_groups"))
            return stock(records, *args, **kwargs)

        self.patch(type(model), "web_read", web_read)
        result = model.web_read_group(
            self.partner_domain, ["create_date:month"], auto_unfold=True
        )
        self.assertIn("آذر", str(result["groups"]))
        self.assertEqual(seen, [None])

    def test_limits_and_lengths_count_jalali_groups(self):
        model = self.as_user(self.env["res.partner"], self.fa_user)
        spec = ["create_date:month"]
        everything = model.web_read_group(self.partner_domain, spec)
        page = model.web_read_group(self.partner_domain, spec, limit=3, offset=2)
        self.assertEqual(everything["length"], len(everything["groups"]))
        self.assertEqual(page["length"], everything["length"])
        self.assertEqual(page["groups"], everything["groups"][2:5])

    def test_pivots_cut_all_their_sets_the_same_way(self):
        model = self.as_user(self.env["res.partner"], self.fa_user)
        month, year = "create_date:month", "create_date:year"
        sets = [[], [month], [year], [year, month]]
        total, months, years, both = model.formatted_read_grouping_sets(
            self.partner_domain, sets, ["__count"]
        )
        self.assertEqual(total[0]["__count"], len(MOMENTS))
        for specs, groups in (([month], months), ([year], years)):
            single = model.formatted_read_group(self.partner_domain, specs, ["__count"])
            self.assertEqual(groups, single)
        self._check_groups(model, self.partner_domain, sets[-1], both)
        self.assertEqual(years[-1][year][1], "۱۴۰۴")

    def test_bars_of_kanban_columns_know_their_columns(self):
        for user in (self.fa_user, self.en_user):
            model = self.as_user(self.env["res.partner"], user)
            bars = model.read_progress_bar(
                self.partner_domain,
                "create_date:month",
                {"field": "type", "colors": {"contact": "success"}},
            )
            starts = model.with_context(jalali_groups=user == self.fa_user)._read_group(
                self.partner_domain, ["create_date:month"], ["__count"]
            )
            self.assertEqual(
                bars, {str(start): {"contact": count} for start, count in starts}
            )

    def test_holes_are_filled_with_jalali_periods(self):
        model = self.as_user(self.env["res.currency.rate"], self.fa_user)
        domain = [*self.rate_domain, ("name", ">=", "2025-11-01")]

        def months(**fill):
            groups = model.with_context(
                fill_temporal=fill or True
            ).formatted_read_group(domain, ["name:month"], ["__count"])
            return [(group["name:month"][1], group["__count"]) for group in groups]

        self.assertEqual(
            months(),
            [("آبان ۱۴۰۴", 1), ("آذر ۱۴۰۴", 0), ("دی ۱۴۰۴", 2)],
        )
        self.assertEqual(
            [label for label, __ in months(fill_from="2025-10-01", min_groups=5)],
            ["مهر ۱۴۰۴", "آبان ۱۴۰۴", "آذر ۱۴۰۴", "دی ۱۴۰۴", "بهمن ۱۴۰۴"],
        )
        self.assertEqual(
            [label for label, __ in months(fill_to="2026-03-20")][-1], "اسفند ۱۴۰۴"
        )
        domain = [("id", "=", 0)]
        self.assertEqual(months(), [])
        self.assertEqual(
            months(fill_from="2025-03-20", fill_to="2025-03-21"),
            [("اسفند ۱۴۰۳", 0), ("فروردین ۱۴۰۴", 0)],
        )

    def test_records_without_a_date_form_their_own_group(self):
        model = self.as_user(self.env["res.partner"], self.fa_user)
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = NULL WHERE id = %s",
            (self.partners[0].id,),
        )
        for fill in (False, True):
            groups = model.with_context(fill_temporal=fill).formatted_read_group(
                self.partner_domain, ["create_date:month"], ["__count"]
            )
            self.assertEqual(groups[-1]["create_date:month"], False)
            self._check_groups(model, self.partner_domain, fill, groups)
