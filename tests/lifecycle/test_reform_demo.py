"""The demo story of the committees as it is loaded, before any server has run."""

import os
import subprocess

import pytest
from served import cloned_database

REFORM = "res_model IN ('reform.minutes', 'reform.quarter.report')"
FILED = (
    "SELECT res_id FROM ir_attachment"
    " WHERE res_model = 'agency.seal' AND mimetype = 'application/pdf'"
)


@pytest.fixture(scope="module")
def sql():
    """Return a function that asks a copy of the demo story."""
    with cloned_database(os.environ["SUITE_DEMO"], "story") as name:

        def sql(query):
            argv = ["psql", "-XAtq", "-F", "\t", "-d", name, "-c", query]
            done = subprocess.run(argv, check=True, capture_output=True, text=True)
            return [line.split("\t") for line in done.stdout.splitlines()]

        yield sql


def counts(sql, table, *, by="state", where="TRUE"):
    rows = sql(f"SELECT {by}, COUNT(*) FROM {table} WHERE {where} GROUP BY 1")
    return {key: int(count) for key, count in rows}


def test_a_council_with_five_committees_and_members(sql):
    assert counts(sql, "reform_committee", by="kind") == {"council": 1, "committee": 5}
    seats = sql("SELECT COUNT(*) FROM reform_membership GROUP BY committee_id")
    assert len(seats) == 6
    assert all(int(count) >= 5 for [count] in seats)


def test_a_year_of_meetings_around_today(sql):
    meetings = counts(sql, "reform_meeting")
    held = ("approved", "in_session", "held", "minutes_review")
    assert sum(meetings[state] for state in held) >= 20
    assert {"cancelled", "convened", "draft"} <= meetings.keys()
    [[before, after]] = sql(
        "SELECT MIN(meeting_date) < CURRENT_DATE - 180,"
        " MAX(meeting_date) > CURRENT_DATE + 20 FROM reform_meeting"
    )
    assert (before, after) == ("t", "t")


def test_approved_minutes_are_signed_and_one_was_amended(sql):
    unsigned = (
        "SELECT number FROM reform_minutes m WHERE state = 'approved' AND NOT EXISTS"
        " (SELECT 1 FROM reform_signature s WHERE s.minutes_id = m.id"
        " AND signed_at <= m.approved_at)"
    )
    assert sql(unsigned) == []
    amended = (
        "SELECT old.version, new.version, old.number = new.number, new.reason <> ''"
        " FROM reform_minutes old JOIN reform_minutes new USING (meeting_id)"
        " WHERE old.state = 'superseded' AND new.state = 'approved'"
    )
    assert sql(amended) == [["1", "2", "t", "t"]]


def test_seventy_resolutions_in_every_state(sql):
    states = counts(sql, "reform_resolution")
    assert sum(states.values()) == 70
    assert len(states) == 10


def test_two_quarters_are_reported_by_every_committee(sql):
    reports = sql(
        "SELECT jalali_year, quarter, COUNT(DISTINCT committee_id),"
        " COUNT(*) FILTER (WHERE state = 'accepted') FROM reform_quarter_report"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert [[bodies, accepted] for *_when, bodies, accepted in reports] == [
        ["5", "5"],
        ["5", "3"],
    ]
    # Sealed by people of the story, not by the system.
    [[nobody]] = sql(
        "SELECT COUNT(*) FROM reform_quarter_report WHERE state = 'accepted'"
        " AND (submitted_by_id = accepted_by_id OR accepted_by_id <= 2)"
    )
    assert nobody == "0"


def test_three_papers_are_there_and_the_rest_is_queued(sql):
    rendered = f"SELECT id FROM agency_seal WHERE {REFORM} AND id IN ({FILED})"
    waiting = f"SELECT id FROM agency_seal WHERE {REFORM} AND id NOT IN ({FILED})"
    assert len(sql(rendered)) == 3
    queued = sql(
        "SELECT res_ids->>0 FROM agency_job"
        " WHERE state = 'pending' AND method = '_job_render' AND model = 'agency.seal'"
        f" AND (res_ids->>0)::int IN (SELECT id FROM agency_seal WHERE {REFORM})"
    )
    assert sorted(queued) == sorted(sql(waiting))
    assert len(queued) > 20
    # The dossier waits for the papers it is made of, all wait for users of the demo.
    order = sql(
        "SELECT model = 'reform.dossier', MIN(priority), MAX(priority)"
        " FROM agency_job WHERE state = 'pending' AND model LIKE 'reform.%'"
        " OR model = 'agency.seal' AND state = 'pending' GROUP BY 1 ORDER BY 1"
    )
    assert order == [["f", "50", "50"], ["t", "60", "60"]]


def test_every_list_and_board_of_the_year_has_something_in_it(sql):
    states = {
        "reform_suggestion": {
            "submitted", "in_review", "on_agenda", "accepted", "rejected", "done",
        },
        "reform_suggestion_review": {"asked", "given"},
        "reform_shortcoming": {
            "identified", "mending", "reflected", "answered", "closed",
        },
        "reform_evidence_call": {"sent", "closed"},
        "reform_evidence_call_line": {"received", "delivered", "returned", "accepted"},
        "reform_referral": {"open", "considered"},
        "reform_agenda_proposal": {"submitted", "accepted", "rejected"},
        "reform_minutes_request": {"open", "taken"},
    }  # fmt: skip
    for table, wanted in states.items():
        assert counts(sql, table).keys() >= wanted, table
    assert counts(sql, "reform_annex", by="kind").keys() == {
        "file", "meeting", "resolution", "activity",
    }  # fmt: skip
    assert counts(sql, "reform_shortcoming", by="cause").keys() == {
        "own", "law", "structure", "other",
    }  # fmt: skip
    late = "SELECT COUNT(*) FROM reform_agenda_item WHERE is_late"
    assert int(sql(late)[0][0]) >= 1
    overdue = (
        "SELECT COUNT(*) FROM reform_referral"
        " WHERE state = 'open' AND due_on < CURRENT_DATE"
    )
    assert int(sql(overdue)[0][0]) >= 1
    # What the bulletin of the quarter last reported tells of.
    suggested = "SELECT COUNT(DISTINCT (jalali_year, quarter)) FROM reform_suggestion"
    assert int(sql(suggested)[0][0]) >= 2
