from datetime import datetime

from .common_field import TODAY
from .common_follow import FollowCase


class DailyCase(FollowCase):
    """One unit visited well, one with a failed item, one that let nobody in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lang = cls.env["agency.seal"]._seal_lang(cls.env.company)
        cls.governor = cls.env["res.partner"].create(
            {"name": "Governor", "email": "governor@example.com"}
        )
        cls.programme.governor_partner_ids = cls.governor
        cls.third_unit = cls.env["audit.unit"].create({"name": "Shut office"})
        cls.phase.unit_ids += cls.third_unit
        cls.good_visit = cls._later_visit(
            cls.unit, planned_start=datetime(2026, 6, 27, 8)
        )
        cls._make_visit(cls.good_visit, A1="yes", A2="yes", B1="yes")
        cls.shut = cls._later_visit(
            cls.third_unit, planned_start=datetime(2026, 6, 27, 10)
        )
        cls.shut.no_access_reason = "Shut"
        cls.shut.action_no_access()
        cls.observer = cls.users["observer"]

    def _freeze(self, day=TODAY, kind="daily"):
        return self.env["audit.daily.report"]._freeze(self.phase, day, kind)
