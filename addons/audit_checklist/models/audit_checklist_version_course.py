import hashlib
import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.agency_base.tools import listed

# All that may still be written once a version is published.
ALWAYS_WRITABLE = {"state"}


class AuditChecklistVersion(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.version"
    _state_transitions = {
        "draft": {"published"},
        "published": {"retired"},
        "retired": set(),
    }
    _state_stamps = {
        "version_no",
        "published_on",
        "published_by_id",
        "retired_on",
        "content_hash",
        "revision",
    }

    def write(self, vals):
        self.check_access("write")
        if self._content_names(vals):
            self._check_still_draft()
            self._content_changed()
        return super().write(vals)

    def _enter(self, state):
        if state == "published":
            self._retire_predecessors()
        return super()._enter(state)

    def action_publish(self):
        """Publish approved drafts; what was published before is retired."""
        self.write({"state": "published"})

    def action_retire(self):
        """Take published versions out of use for new programmes."""
        self.write({"state": "retired"})

    def action_new_version(self):
        """Open the checklist's draft, made from this version if there is none."""
        self.ensure_one()
        self.check_access("write")
        draft = self.checklist_id.draft_version_id
        return (draft or self._copy_to(self.checklist_id))._action_design()

    def action_request_approval(self):
        """Ask those who speak for the bodies that have not approved yet."""
        self.check_access("write")
        for version in self:
            version._check_publishable()
            version._check_approvers()
            for body in version.pending_body_ids:
                for user in body.approver_ids:
                    version.activity_schedule(
                        "mail.mail_activity_data_todo",
                        user_id=user.id,
                        summary=self.env._(
                            "Approve the checklist for %(body)s", body=body.name
                        ),
                    )

    def _check_approvers(self):
        """Raise UserError naming the bodies for which nobody could approve."""
        silent = self.pending_body_ids.filtered(lambda body: not body.approver_ids)
        if silent:
            raise UserError(
                self.env._(
                    "Nobody may approve for %(bodies)s yet. Name the approvers under "
                    "Configuration, Bodies.",
                    bodies=listed(silent.mapped("name"), self.env.lang),
                )
            )

    def action_approve(self):
        """Approve drafts on behalf of the bodies the user speaks for."""
        for version in self:
            version._hold()
            version._check_publishable()
            bodies = version._bodies_to_speak_for()
            if version.state != "draft" or not bodies:
                raise AccessError(
                    self.env._(
                        "You do not speak for a body that %(version)s still waits for.",
                        version=version.display_name,
                    )
                )
            # sudo: approvals are given by this method only, checked just above
            self.env["audit.checklist.approval"].sudo().create(
                [{"version_id": version.id, "body_id": body.id} for body in bodies]
            )
            version.activity_ids.filtered(
                lambda activity: activity.user_id == self.env.user
            ).action_done()
            version.message_post(
                body=self.env._(
                    "Approved for %(bodies)s.",
                    bodies=listed(bodies.mapped("name"), self.env.lang),
                )
            )

    def _action_design(self):
        """Return the action that shows one version in the designer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _content_names(self, vals):
        """Return the names in ``vals`` that are content: the chatter lives on."""
        return {
            name
            for name in vals.keys() - ALWAYS_WRITABLE
            if not name.startswith(("message_", "activity_"))
        }

    def _check_still_draft(self):
        """Raise UserError for versions that are published."""
        for version in self:
            if version.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s is published and does not change any more. "
                        "Make a new version instead.",
                        version=version.display_name,
                    )
                )

    def _check_transition(self, state):
        if state == "published":
            for version in self:
                version._check_publishable()
                version._check_approved()

    def _check_approved(self):
        self.ensure_one()
        if self.pending_body_ids:
            raise UserError(
                self.env._(
                    "%(version)s still waits for the approval of %(bodies)s.",
                    version=self.display_name,
                    bodies=listed(self.pending_body_ids.mapped("name"), self.env.lang),
                )
            )

    def _transition_stamp(self, state):
        """Return the values that entering ``state`` brings with it."""
        self.ensure_one()
        now = fields.Datetime.now()
        if state == "retired":
            return {"retired_on": now}
        return {
            "published_on": now,
            "published_by_id": self.env.uid,
            "content_hash": self._content_digest(),
        }

    def _retire_predecessors(self):
        predecessors = self.checklist_id.current_version_id
        predecessors.write({"state": "retired"})
        # The index that allows one published version looks at the database.
        predecessors.flush_recordset()

    def _content_changed(self):
        """Mark drafts as changed, and forget approvals given to what they were.

        The counter makes whoever publishes or approves at the same moment start over
        with the changed content: both write, or lock, the row of the version.
        """
        if not self:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE audit_checklist_version SET revision = revision + 1"
                " WHERE id = ANY(%s)",
                self.ids,
            )
        )
        self.invalidate_recordset(["revision"], flush=False)
        approved = self.filtered("approval_ids")
        for version in approved:
            version.message_post(
                body=self.env._(
                    "The draft was changed: earlier approvals no longer count."
                )
            )
        # sudo: nobody removes approvals by hand
        approved.sudo().approval_ids.unlink()

    def _content_digest(self):
        """Return the SHA-256 of all that was published, in English and unshortened."""
        self.ensure_one()
        design = _without_ids(self.with_context(lang="en_US")._design())
        text = json.dumps(design, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _without_ids(content):
    """Return nested content without record ids: they tell nothing about it."""
    if isinstance(content, dict):
        return {
            key: _without_ids(value) for key, value in content.items() if key != "id"
        }
    if isinstance(content, list):
        return [_without_ids(value) for value in content]
    return content
