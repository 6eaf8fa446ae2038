from datetime import timedelta

from .common_field import TODAY
from .common_follow import FollowCase


class DeclarationCase(FollowCase):
    """A round for the agency that was visited and another that was not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invite(cls.agency, name="Autumn", phase_id=cls.phase.id)

    @classmethod
    def _invite(cls, unit, **vals):
        """Call for declarations of a unit and another: ``call``, ``declaration``."""
        cls.call = cls.env["audit.declaration.round"].create(
            {
                "unit_ids": [(6, 0, (unit | cls.other_agency).ids)],
                "date_due": TODAY + timedelta(days=7),
                "user_id": cls.officer.id,
            }
            | vals
        )
        cls.call.with_user(cls.officer).action_invite()
        cls.declaration = cls.call.declaration_ids.filtered(lambda d: d.unit_id == unit)

    def _as_agency(self, user=None):
        return self.declaration.with_user(user or self.representative).sudo()

    def _fill(self, **options):
        agency = self._as_agency()
        for code, option in options.items():
            agency._declare(code, {"option": option})
        return agency

    def _send_back(self, reason, items=None, user=None):
        wizard = self.env["audit.declaration.return"].with_user(user or self.officer)
        action = self.declaration.with_user(self.officer).action_return_declaration()
        wizard.with_context(**action["context"]).create(
            {"reason": reason, "item_ids": items.ids if items else []}
        ).action_return()
