from odoo import fields, models
from odoo.tools import SQL


class ServiceDeskSendingReport(models.Model):
    """People sent inside: what the desk recorded beside what the clients say.

    A client who says yes although nobody recorded it is what the law wants found.
    """

    _name = "service.desk.sending.report"
    _description = "People Sent Inside"
    _auto = False
    _order = "happened_at desc, id desc"
    _depends = {
        "service.desk.referral": ["kind", "department_id", "date_sent", "request_id"],
        "service.desk.feedback": ["sent_inside", "sent_unit_id", "sent_at"],
        "service.desk.request": ["desk_id"],
        "service.desk.visit": ["desk_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    request_id = fields.Many2one("service.desk.request", readonly=True)
    desk_id = fields.Many2one("service.desk", readonly=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    happened_at = fields.Datetime("On", readonly=True)
    recorded = fields.Integer(readonly=True)
    told = fields.Integer("Told by Clients", readonly=True)
    hidden = fields.Integer(
        "Told but Not Recorded", readonly=True, help="Nobody wrote it down."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT referral.id * 2 AS id, referral.company_id, referral.request_id,
                   COALESCE(request.desk_id, visit.desk_id) AS desk_id,
                   referral.department_id, referral.date_sent AS happened_at,
                   1 AS recorded, 0 AS told, 0 AS hidden
              FROM service_desk_referral AS referral
         LEFT JOIN service_desk_request AS request ON request.id = referral.request_id
         LEFT JOIN service_desk_visit AS visit ON visit.id = referral.visit_id
             WHERE referral.kind = 'person'
         UNION ALL
            SELECT feedback.id * 2 + 1, feedback.company_id, feedback.request_id,
                   feedback.desk_id,
                   COALESCE(feedback.sent_unit_id, feedback.department_id),
                   feedback.sent_at, 0, 1,
                   (NOT EXISTS (
                       SELECT FROM service_desk_referral AS referral
                        WHERE referral.request_id = feedback.request_id
                          AND referral.kind = 'person'))::int
              FROM service_desk_feedback AS feedback
             WHERE feedback.sent_inside = 'yes'
            """
        )
