from ast import literal_eval
from functools import partial
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.reform_resolution import OPEN_STATES
from .common import MeetingCase
from .year_common import TODAY

BODIES, MEETINGS, RESOLUTIONS = 25, 80, 25  # 50,000 of ten years
PAGE = 80
TABLE = "reform_resolution"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRegisterPlans(MeetingCase):
    """What PostgreSQL does with 50,000 resolutions: it goes by an index, always.

    The statements are those the screens send, with the rules of who opens them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bodies = cls.body | cls.other_body
        for number in range(BODIES - len(cls.bodies)):
            cls.bodies |= cls._body(f"D{number}", parent_id=cls.council.id)
        cls.body.resolution_approver_id = cls.users["approver"]
        cls._seat(cls.council, "chair")
        cls._fill()

    @classmethod
    def _fill(cls):
        """Add to each body eight meetings a year, each with its resolutions."""
        cr = cls.env.cr
        cls.env.flush_all()
        cr.execute(
            """
            INSERT INTO reform_meeting
                   (committee_id, company_id, number, state, confidentiality,
                    quorum_rule, start_at, end_at, meeting_date, jalali_year)
            SELECT body, %s, body || '/' || n, 'approved', 'normal', 'majority',
                   date '2026-11-20' - n * 45 + time '06:00',
                   date '2026-11-20' - n * 45 + time '08:00',
                   date '2026-11-20' - n * 45, 1405 - n / 8
              FROM unnest(%s) AS body, generate_series(0, %s) AS n
            """,
            (cls.company.id, cls.bodies.ids, MEETINGS - 1),
        )
        cr.execute(
            """
            INSERT INTO reform_agenda_item
                   (meeting_id, company_id, name, sequence, source,
                    outcome)
            SELECT id, company_id, 'Item', 1, 'proposal', 'noted'
              FROM reform_meeting WHERE committee_id = ANY(%s)
            """,
            (cls.bodies.ids,),
        )
        people = [seat.partner_id.id for seat in cls.seats.values()]
        # One in fifty is still open, as of a register that is looked after.
        cr.execute(
            """
            INSERT INTO reform_resolution
                   (item_id, meeting_id, committee_id, company_id, meeting_date,
                    sequence, state, text, kind, number, responsible_id, due_on,
                    percent, adopted_at, claimed_at, claimed_by_id, verified_at,
                    verified_by_id)
            SELECT item.id, meeting.id, meeting.committee_id, meeting.company_id,
                   meeting.meeting_date, n,
                   CASE WHEN (item.id + n) %% 50 = 0 THEN 'in_progress'
                        ELSE 'verified' END,
                   'Resolution ' || n, 'decision', meeting.number || '/' || n,
                   (%s::int[])[1 + (item.id + n) %% %s], meeting.meeting_date + 60, 0,
                   meeting.start_at, meeting.start_at, %s, meeting.start_at, %s
              FROM reform_agenda_item AS item
              JOIN reform_meeting AS meeting ON meeting.id = item.meeting_id,
                   generate_series(1, %s) AS n
             WHERE meeting.committee_id = ANY(%s)
            """,
            (
                people,
                len(people),
                *(cls.users["member"].id, cls.users["secretary"].id),
                RESOLUTIONS,
                cls.bodies.ids,
            ),
        )
        for table in ("reform_meeting", "reform_agenda_item", TABLE):
            cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        cls.env.invalidate_all()

    def _explain(self, query):
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def _goes_by_index(self, query):
        plan = self._explain(query)
        self.assertNotIn(f"Seq Scan on {TABLE}", plan, query.code)
        return plan

    def _asked(self, act):
        """Return what ``act`` reads of the register."""
        asked = []
        execute = type(self.env.cr).execute

        def listen(cr, query, *args, **kwargs):
            asked.append(query)
            return execute(cr, query, *args, **kwargs)

        self.env.invalidate_all()
        with patch.object(type(self.env.cr), "execute", listen):
            act()
        return [
            query
            for query in asked
            if isinstance(query, SQL)
            and query.code.lstrip().startswith("SELECT")
            and f'FROM "{TABLE}"' in query.code
        ]

    def _readers(self):
        roles = ("reform_office", "observer", "chair", "secretary", "member")
        return {
            **{role: self.users[role] for role in roles},
            "manager": self.users["approver"],
            "worker": self.outsider,
        }

    def _filter(self, name):
        """Return the domain of a filter of the search box."""
        view = self.env.ref("admin_reform_committees.reform_resolution_view_search")
        [node] = etree.fromstring(view.arch).xpath(f"//filter[@name='{name}']")
        return literal_eval(node.get("domain"))

    def test_there_are_fifty_thousand(self):
        mine = [("committee_id", "in", self.bodies.ids)]
        self.assertEqual(self.env["reform.resolution"].search_count(mine), 50_000)

    def test_the_first_page_of_the_list(self):
        for role, user in self._readers().items():
            resolutions = self.env["reform.resolution"].with_user(user)
            query = resolutions._search([], limit=PAGE, order=resolutions._order)
            with self.subTest(role):
                plan = self._goes_by_index(query.select())
                self.assertIn("register_idx", plan)

    def test_the_first_page_of_what_is_open_and_overdue(self):
        for role, user in self._readers().items():
            resolutions = self.env["reform.resolution"].with_user(user)
            query = resolutions._search(
                [("is_overdue", "=", True)], limit=PAGE, order=resolutions._order
            )
            with self.subTest(role):
                self._goes_by_index(query.select())

    def test_the_cards_of_what_is_open(self):
        """The screen's own question: the columns by state and the cards of each."""
        for role, user in self._readers().items():
            resolutions = self.env["reform.resolution"].with_user(user)
            ask = partial(
                resolutions.web_read_group,
                self._filter("open"),
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification={"text": {}, "due_on": {}},
            )
            with self.subTest(role):
                asked = self._asked(ask)
                self.assertTrue(asked)
                for query in asked:
                    self._goes_by_index(query)

    def test_what_is_open_is_asked_as_its_index_is_made(self):
        self.assertEqual(self._filter("open"), [("state", "in", OPEN_STATES)])

    def test_a_month_of_the_calendar(self):
        month = [("due_on", "<=", "2026-12-21"), ("due_on", ">=", "2026-11-22")]
        for role, user in self._readers().items():
            resolutions = self.env["reform.resolution"].with_user(user)
            for domain in (month, month + self._filter("open")):
                ask = partial(resolutions.search_read, domain, ["text", "due_on"])
                with self.subTest(role, domain=domain):
                    asked = self._asked(ask)
                    self.assertTrue(asked)
                    for query in asked:
                        self._goes_by_index(query)

    def test_what_waits_for_a_manager(self):
        resolutions = self.env["reform.resolution"].with_user(self.users["approver"])
        query = resolutions._search(
            [
                ("state", "=", "awaiting_approval"),
                ("committee_id.user_decides", "=", True),
            ],
            limit=PAGE,
            order=resolutions._order,
        )
        self._goes_by_index(query.select())

    def test_the_board(self):
        for whose, role in (
            ("council", "chair"),
            ("mine", "secretary"),
            ("approved", "manager"),
        ):
            board = self.env["reform.board"].with_user(self._readers()[role])
            with self.subTest(whose):
                asked = self._asked(partial(board.board_open, 1405, whose))
                self.assertGreaterEqual(len(asked), 4)
                for query in asked:
                    self._goes_by_index(query)

    def test_the_report_of_a_quarter(self):
        def make():
            self.env["reform.quarter.report"].with_user(self.users["secretary"]).create(
                {"committee_id": self.body.id, "jalali_year": 1405, "quarter": "2"}
            )

        asked = self._asked(make)
        plans = [self._goes_by_index(query) for query in asked]
        self.assertGreaterEqual(len(plans), 6)
        self.assertTrue(any("quarter_idx" in plan for plan in plans))
        self.assertTrue(any("open_idx" in plan for plan in plans))
