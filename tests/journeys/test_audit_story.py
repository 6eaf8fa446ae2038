"""The demo story of the audits: as large as that of 1397, and nothing goes smoothly."""

import io

import pytest
from browsing import log_in
from pypdf import PdfReader

STATES = {
    "accepted",
    "in_progress",
    "no_access",
    "planned",
    "returned",
    "submitted",
}


@pytest.fixture
def counted(served):
    def counted(query):
        return [int(value) for [value] in served.sql(query)]

    return counted


def test_the_story_is_as_large_as_the_campaign_it_tells(served, counted):
    assert counted(
        "SELECT count(*) FROM audit_unit WHERE is_found_on_site IS NOT TRUE"
    ) == [126]
    programme = "SELECT programme_id FROM audit_phase WHERE state = 'open' LIMIT 1"
    team = f"SELECT id FROM audit_team WHERE programme_id = ({programme})"
    assert counted(f"SELECT count(*) FROM ({team}) AS teams") == [14]
    people = counted(
        "SELECT count(DISTINCT user_id) FROM audit_team_member "
        f"WHERE team_id IN ({team}) GROUP BY body_id ORDER BY 1"
    )
    assert people == [10, 13]
    reports = "SELECT count(*) FROM audit_daily_report WHERE kind = 'daily'"
    assert counted(reports) == [3]
    phases = served.sql("SELECT DISTINCT state FROM audit_phase")
    assert {("open",), ("closed",)} <= {tuple(row) for row in phases}


def test_every_course_of_a_visit_is_told(served, counted):
    states = {state for [state] in served.sql("SELECT DISTINCT state FROM audit_visit")}
    assert states >= STATES
    assert counted("SELECT count(*) FROM audit_visit WHERE state = 'no_access'") == [2]
    extra = "SELECT count(*) FROM audit_visit WHERE kind = 'added_on_site'"
    assert counted(extra) == [2]
    assert counted(
        "SELECT count(*) FROM audit_assessment AS a JOIN audit_visit AS v "
        "ON v.id = a.visit_id WHERE a.conflict_count = 1 AND v.state = 'in_progress'"
    ) == [1]
    totals = "(frozen_figures::json)->'totals'->'to_date'"
    [told] = served.sql(
        f"SELECT {totals}->>'extra', {totals}->>'no_access' FROM audit_daily_report "
        "WHERE kind = 'daily' ORDER BY date DESC LIMIT 1"
    )
    assert told == ["2", "2"]


def test_a_day_of_such_a_campaign_is_told_on_two_pages(served, open_page):
    page = log_in(open_page(), served, "officer")
    for [report] in served.sql(
        "SELECT id FROM audit_daily_report WHERE kind = 'daily'"
    ):
        paper = page.request.get(f"{served.url}/audit/report/{report}/pdf").body()
        assert len(PdfReader(io.BytesIO(paper)).pages) == 2
