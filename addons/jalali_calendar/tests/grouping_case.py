from .common import JalaliCase

#: In UTC; each is one side of a border that is midnight in Tehran.
MOMENTS = (
    "2020-03-19 20:29:59",
    "2020-03-19 20:30:00",
    "2021-03-20 20:29:59",  # the last second of the leap year 1399
    "2021-03-20 20:30:00",
    "2021-03-21 20:29:59",  # summer time begins at the midnight after this
    "2021-03-21 20:30:00",
    "2021-09-21 19:29:59",
    "2021-09-21 20:30:00",  # ... and ends
    "2021-09-22 20:30:00",
    "2022-03-20 20:30:00",
    "2022-07-22 19:29:59",
    "2022-07-22 19:30:00",
    "2022-09-21 20:30:00",
    "2023-03-20 20:29:59",
    "2023-03-20 20:30:00",
    "2024-03-19 20:30:00",
    "2025-03-19 20:30:00",
    "2025-03-20 20:29:59",  # 30 Esfand 1403
    "2025-03-20 20:30:00",
    "2025-11-21 20:29:59",
    "2025-11-21 20:30:00",
    "2025-12-31 23:59:59",
    "2026-01-01 00:00:00",
)


class GroupingCase(JalaliCase):
    """Partners and rates on both sides of the borders between periods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env["res.country"].create({"name": "Here", "code": "HJ"})
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"At {moment}", "country_id": cls.country.id}
                for moment in MOMENTS
            ]
        )
        for partner, moment in zip(cls.partners, MOMENTS, strict=True):
            cls.env.cr.execute(
                "UPDATE res_partner SET create_date = %s WHERE id = %s",
                (moment, partner.id),
            )
        cls.currency = cls.env["res.currency"].create({"name": "JAL", "symbol": "J"})
        cls.rates = cls.env["res.currency.rate"].create(
            [
                {"name": moment, "currency_id": cls.currency.id, "rate": 1}
                for moment in sorted({moment[:10] for moment in MOMENTS})
            ]
        )
        cls.env.invalidate_all()
        cls.partner_domain = [("id", "in", cls.partners.ids)]
        cls.rate_domain = [("currency_id", "=", cls.currency.id)]

    def _check_groups(self, model, domain, groupby, groups):
        """Every group opens as many records as it counts, and all of them once."""
        found = model.browse()
        for group in groups:
            records = model.search([*domain, *group["__extra_domain"]])
            self.assertEqual(len(records), group["__count"], group)
            self.assertFalse(found & records, group)
            found |= records
        self.assertEqual(found, model.search(domain), groupby)
