from odoo import api, models

from ..tools.review import shown_answer


class AuditField(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.field"

    @api.model
    def _visit_package(self, visit):
        """Return one visit as the phone keeps it."""
        # sudo: a visit of his own, found by his own rights
        visit_sudo = visit.sudo()
        assessment = visit_sudo.assessment_id
        me = visit_sudo.member_ids.filtered(lambda m: m.user_id == self.env.user)
        return (
            self._visit_plan(visit_sudo)
            | self._visit_news(visit_sudo, assessment)
            | {
                "version": assessment.version_id.id,
                "context": assessment._score_context(),
                "is_lead": me.is_lead,
                "earlier": self._earlier_findings(visit_sudo),
                "declared": self._declared_answers(visit),
            }
        )

    @api.model
    def _declared_answers(self, visit):
        """Return what the unit declared, by item; nothing where inspectors are blind.

        Not even after the visit was sent, when they may read it at the office: the
        colleague's phone and a correction are still to come.
        """
        # sudo: the setting alone; what was declared is found by the user's own rights
        if visit.sudo().programme_id.is_blind:
            return {}
        declared_sudo = visit._declared_beside().sudo()
        if not declared_sudo:
            return {}
        answers = {answer.item_code: answer for answer in declared_sudo.answer_ids}
        shown = {
            item["code"]: shown_answer(item, answers.get(item["code"]))
            for section in declared_sudo.version_id._frozen_design()["sections"]
            for item in section["items"]
        }
        return {
            code: {name: answer[name] for name in ("text", "number", "tint")}
            for code, answer in shown.items()
            if answer
        }

    @api.model
    def _visit_plan(self, visit):
        unit = visit.unit_id
        return {
            "unit": {
                "name": unit.name,
                "parent": unit.parent_id.name or "",
                "kind": unit.kind_id.name,
                "address": unit.address or "",
                "zone": unit.zone_id.name or "",
                "phone": unit.representative_phone or unit.phone or "",
                "place": [unit.latitude, unit.longitude]
                if unit.latitude or unit.longitude
                else None,
                "representative": unit.representative_name or "",
                "representative_function": unit.representative_function or "",
            },
            "kind": visit.kind,
            "day": visit.planned_on.isoformat(),
            "planned_start": f"{visit.planned_start.isoformat()}Z",
            "planned_stop": f"{visit.planned_stop.isoformat()}Z",
            "note": visit.note or "",
            "team": visit.team_id.name,
            "members": [
                {
                    "id": member.user_id.id,
                    "name": member.user_id.name,
                    "body": member.body_id.name,
                    "is_lead": member.is_lead,
                }
                for member in visit.member_ids
            ],
        }

    @api.model
    def _visit_news(self, visit, assessment):
        """Return what changes of a visit while it is made."""
        signed = visit.member_ids.filtered("confirmed_at")
        return {
            "assessment": assessment.instance_uuid,
            "signed_by": [member.user_id.id for member in signed],
            "state": visit.state,
            "revision": assessment.revision,
            "started_at": visit.started_at and f"{visit.started_at.isoformat()}Z",
            "submitted_at": visit.submitted_at and f"{visit.submitted_at.isoformat()}Z",
            "return_reason": visit.return_reason or "",
            "return_codes": (visit.return_codes or "").split(),
            "host": {
                "name": visit.host_name or "",
                "function": visit.host_function or "",
                "note": visit.host_note or "",
                "refusal": visit.host_refusal or "",
                "signed": bool(visit.host_signature),
            },
            "answers": {
                answer.item_code: self._answer_package(answer)
                for answer in assessment.answer_ids
            },
            "photos": [
                {
                    "uuid": photo.uuid,
                    "item": photo.item_code,
                    "state": photo.state,
                    "user": photo.user_id.id,
                    "note": photo.note or "",
                }
                for photo in assessment._shown_evidence()
            ],
            "conflicts": self._conflicts(assessment),
        }

    @api.model
    def _answer_package(self, answer):
        return {
            "value": answer.payload or {},
            "revision": answer.revision,
            "by": answer.answered_by_id.id,
            "at": answer.answered_at and f"{answer.answered_at.isoformat()}Z",
            "conflict": answer.has_conflict,
        }

    @api.model
    def _conflicts(self, assessment):
        """Return the open conflicts: what stands, and what was said against it."""
        if not assessment.conflict_count:
            return []
        answers = assessment.answer_ids.filtered("has_conflict")
        ops = (
            self.env["audit.answer.op"]
            .sudo()
            .search(
                [
                    ("assessment_id", "=", assessment.id),
                    ("item_code", "in", answers.mapped("item_code")),
                    ("outcome", "in", ("applied", "conflict")),
                    ("kind", "in", ("answer", "resolve")),
                ],
                order="id",
            )
        )
        conflicts = []
        for answer in answers:
            sides = []
            for op in ops.filtered(lambda op, a=answer: op.item_code == a.item_code):
                if op.kind == "resolve":
                    sides = []
                elif op.outcome == "conflict":
                    sides.append(op)
            conflicts += [self._conflict_package(answer, op) for op in sides[-1:]]
        return conflicts

    @api.model
    def _conflict_package(self, answer, op):
        return {
            "item": answer.item_code,
            "sides": [
                {
                    "op": "",
                    "user": answer.answered_by_id.id,
                    "value": answer.payload or {},
                    "at": answer.answered_at and f"{answer.answered_at.isoformat()}Z",
                    "received": answer.received_at
                    and f"{answer.received_at.isoformat()}Z",
                },
                {
                    "op": op.uuid,
                    "user": op.user_id.id,
                    "value": op.payload or {},
                    "at": op.device_at and f"{op.device_at.isoformat()}Z",
                    "received": f"{op.happened_at.isoformat()}Z",
                },
            ],
        }

    @api.model
    def _earlier_findings(self, visit):
        """Return what was found at this unit before, by item: it is looked at again."""
        findings = (
            self.env["audit.finding"]
            .sudo()
            .search(
                [
                    ("unit_id", "=", visit.unit_id.id),
                    ("visit_id", "!=", visit.id),
                    ("grade", "!=", "good_practice"),
                    ("state", "!=", "draft"),
                ],
                order="id",
            )
        )
        return {
            finding.item_code: {
                "condition": finding.condition or finding.name,
                "on": finding.create_date.date().isoformat(),
                "is_open": finding.state != "closed",
            }
            for finding in findings
        }
