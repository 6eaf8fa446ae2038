from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from .. import clock, texts


class ServiceDeskService(models.Model):
    """The course of a sheet: draft, published, suspended, retired."""

    _inherit = "service.desk.service"
    _state_transitions = {
        "draft": {"published"},
        "published": {"suspended", "retired"},
        "suspended": {"published", "retired"},
        "retired": set(),
    }
    _state_stamps = {"version_id", "published_at", "suspended_at", "retired_at"}

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("suspended", "Suspended"),
            ("retired", "Retired"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    version_id = fields.Many2one(
        "service.desk.service.version", "Published Version", readonly=True, copy=False
    )
    version_ids = fields.One2many(
        "service.desk.service.version", "service_id", "Versions"
    )
    has_unpublished_changes = fields.Boolean(compute="_compute_unpublished_changes")
    published_at = fields.Datetime(readonly=True, copy=False)
    suspended_at = fields.Datetime(readonly=True, copy=False)
    suspension_reason = fields.Char(translate=True, copy=False)
    retired_at = fields.Datetime(readonly=True, copy=False)
    replaced_by_id = fields.Many2one(
        "service.desk.service", copy=False, check_company=True
    )

    _suspended_is_explained = models.Constraint(
        "CHECK (state != 'suspended' OR suspension_reason IS NOT NULL)",
        "Clients are told why a service is suspended: write the reason first.",
    )
    _offered_has_version = models.Constraint(
        "CHECK (state = 'draft' OR version_id IS NOT NULL)",
        "A published service has a version.",
    )
    _not_replaced_by_itself = models.Constraint(
        "CHECK (replaced_by_id != id)", "A service cannot replace itself."
    )

    def _compute_unpublished_changes(self):
        for service in self:
            service.has_unpublished_changes = service._differs_from_version()

    def _differs_from_version(self):
        self.ensure_one()
        version = self.version_id
        return bool(version) and version.digest != self._content_digest()[1]

    def action_publish(self):
        self.write({"state": "published"})

    def action_publish_changes(self):
        """Freeze the present content as the next version."""
        for service in self:
            if service.state != "published":
                raise UserError(
                    self.env._("“%(service)s” is not published.", service=service.name)
                )
            service._check_sheet()
            if service._differs_from_version():
                service._set_stamps({"version_id": service._create_version().id})

    def action_suspend(self):
        self.write({"state": "suspended"})

    def action_retire(self):
        self.write({"state": "retired"})

    def _check_transition(self, state):
        if state == "published":
            for service in self:
                service._check_sheet()

    def _check_sheet(self):
        """Refuse to publish a sheet that would leave clients without an answer."""
        self.ensure_one()
        missing = []
        if not self.department_id:
            missing.append(self.env._("the responsible unit"))
        if self.mode == "intake" and not self.duration_max:
            missing.append(self.env._("the longest duration"))
        if self.desk_offer in ("assisted", "link") and not self.portal_url:
            missing.append(self.env._("the electronic address"))
        if missing:
            raise ValidationError(
                self.env._(
                    "“%(service)s” cannot be published yet. Complete: %(missing)s.",
                    service=self.name,
                    missing=texts.join(self.env, missing),
                )
            )

    def _transition_stamp(self, state):
        """Return the values that entering ``state`` brings with it."""
        self.ensure_one()
        now = clock.now()
        if state == "suspended":
            return {"suspended_at": now}
        if state == "retired":
            return {"retired_at": now}
        stamp = {"suspended_at": False, "suspension_reason": False}
        if self.state == "draft" or self._differs_from_version():
            stamp |= {"version_id": self._create_version().id, "published_at": now}
        return stamp

    def _create_version(self):
        self.ensure_one()
        content, digest = self._content_digest()
        # sudo: versions are written by publishing only, nobody has create rights
        return (
            self.env["service.desk.service.version"]
            .sudo()
            .create(
                {
                    "service_id": self.id,
                    "number": (self.version_id.number or 0) + 1,
                    "content": content,
                    "digest": digest,
                }
            )
        )
