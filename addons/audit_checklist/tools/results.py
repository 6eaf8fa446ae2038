"""Results of units, and of the agencies they belong to, as PostgreSQL adds them up."""

from odoo.tools import SQL

# The result of each unit that counts, of visits and of what others reported apart.
COUNTED = SQL(
    """
    counted AS (
        SELECT DISTINCT ON (phase_id, unit_id, source) *
          FROM audit_assessment
         WHERE kind IN ('audit', 'follow_up') AND has_score
           AND source != 'declared' AND state IN ('submitted', 'accepted')
           AND phase_id IS NOT NULL
         ORDER BY phase_id, unit_id, source, id DESC
    )
    """
)

# What agencies make of the units that a table ``counted`` holds. A score that somebody
# reported as a number has no points: such an agency is scored by the mean.
AGENCIES = SQL(
    """
    weighed AS (
        SELECT counted.id, counted.score, counted.critical_count,
               assessment.phase_id, assessment.source, assessment.company_id,
               split_part(unit.parent_path, '/', 1)::int AS agency_id,
               (SELECT SUM(part.maximum) FROM audit_section_score AS part
                 WHERE part.assessment_id = counted.id AND part.has_score) AS possible
          FROM counted
          JOIN audit_assessment AS assessment ON assessment.id = counted.id
          JOIN audit_unit AS unit ON unit.id = counted.unit_id
    ), agencies AS (
        SELECT MIN(weighed.id) AS id, weighed.phase_id, weighed.source,
               weighed.company_id, weighed.agency_id, phase.programme_id,
               phase.aggregate_rule, COUNT(*) AS unit_count,
               SUM(weighed.critical_count) AS critical_count,
               MIN(weighed.score) AS lowest, MAX(weighed.score) AS highest,
               CASE WHEN phase.aggregate_rule = 'sum' AND SUM(possible) > 0
                         AND COUNT(possible) = COUNT(*)
                    THEN SUM(weighed.score * possible) / SUM(possible)
                    ELSE AVG(weighed.score) END AS score
          FROM weighed JOIN audit_phase AS phase ON phase.id = weighed.phase_id
         GROUP BY weighed.phase_id, weighed.source, weighed.company_id,
                  weighed.agency_id, phase.programme_id, phase.aggregate_rule
    )
    """
)

# Versions reword an item under its code: one item stands for all of them. What
# drafts say does not count yet.
LATEST_ITEMS = SQL(
    """
    (SELECT item.checklist_id, item.code, MAX(item.id) AS id
       FROM audit_checklist_item AS item
       JOIN audit_checklist_version AS version ON version.id = item.version_id
      WHERE version.state != 'draft'
      GROUP BY item.checklist_id, item.code)
    """
)
