import json
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import file_open

from .reform_demo_clock import story_clock
from .reform_demo_course import COURSES

ADDON = "admin_reform_committees"
THURSDAY, FRIDAY = 3, 4
ONE_DAY = timedelta(days=1)
TEHRAN = pytz.timezone("Asia/Tehran")


class ReformDemoStory(models.AbstractModel):
    """The year of the demo council, walked through the real workflow day by day.

    What happened is in ``reform_year_story.json``; the acts are those of the people
    themselves, in the order of time, so that numbers, seals and courses are true.
    """

    _name = "reform.demo.story"
    _description = "Demo Story"

    @api.model
    def _tell(self):
        """Live through the story until today."""
        path = f"{ADDON}/demo/reform_year_story.json"
        with file_open(path) as file:
            story = json.load(file)
        now = fields.Datetime.now()
        steps = sorted(self._steps(story, now), key=lambda step: step[0])
        with story_clock() as set_clock:
            for moment, act, args in steps:
                set_clock(min(moment, now - timedelta(minutes=1)))
                getattr(self, f"_act_{act}")(*args)
            self.env.flush_all()
        self._render_papers()

    # === When ===

    def _steps(self, story, now):
        """Yield what happens: the moment, the act and its arguments."""
        for meeting in story["meetings"]:
            yield from self._steps_of_meeting(meeting, story, now)

    def _steps_of_meeting(self, told, story, now):
        start = self._start(told["day"], now)
        ends = told["ends"]
        yield start - 8 * ONE_DAY, "plan", (told, start)
        if ends == "cancelled":
            yield start - ONE_DAY, "cancel", (told,)
        if ends in ("draft", "cancelled"):
            return
        yield start - 5 * ONE_DAY, "convene", (told,)
        if ends == "convened":
            return
        yield start, "open", (told,)
        if "notes" in told:
            yield start + timedelta(minutes=20), "speak_up", (told,)
        if ends == "in_session":
            return
        yield start + timedelta(minutes=50), "decide", (told,)
        yield start + timedelta(minutes=85), "hold", (told,)
        if ends == "held":
            return
        yield start + ONE_DAY, "submit", (told,)
        if ends == "minutes_review":
            return
        approved = start + 3 * ONE_DAY
        yield approved, "approve", (told,)
        for name, row in self._rows(told):
            begin, end = approved, min(start + row["due"] * ONE_DAY, now - ONE_DAY)
            for place, (act, share, said) in enumerate(COURSES[row["end"]]):
                moment = self._office_hour(begin + (end - begin) * share, place)
                yield moment, act, (told, name, row, said, story)

    def _start(self, day, now):
        """Return nine o'clock in Tehran of a working day, ``day`` days from today."""
        today = now.replace(tzinfo=pytz.utc).astimezone(TEHRAN).replace(tzinfo=None)
        start = today.replace(hour=5, minute=30, second=0) + day * ONE_DAY
        if day and start.weekday() in (THURSDAY, FRIDAY):
            start -= (start.weekday() - THURSDAY + 1) * ONE_DAY
        return start

    def _office_hour(self, moment, place):
        """Return a time of that day when people work, the later steps later."""
        opening = moment.replace(hour=6, minute=0, second=0)
        return opening + timedelta(minutes=35 * place)

    def _rows(self, told):
        rows = [row for item in told["items"] for row in item.get("rows", ())]
        for place, row in enumerate(rows, 1):
            yield f"{told['id']}_r{place}", row

    # === Who and what ===

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.{name}")

    def _keep(self, name, record):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{ADDON}.{name}", "record": record, "noupdate": True}]
        )

    def _by(self, record, user):
        """Return ``record`` as ``user`` acts on it, past the rules, for speed."""
        return record.with_user(user).sudo()

    def _meeting(self, told):
        meeting = self._ref(told["id"])
        users = meeting.committee_id.secretary_id.user_ids
        return self._by(meeting, users[:1] or self._ref("user_reformoffice"))

    def _worker(self, name, row):
        """Return the resolution as the one who reports on it."""
        resolution = self._ref(name)
        secretary = resolution.committee_id.secretary_id
        person = self._ref(f"partner_{row['who']}")
        user = (person.user_ids or secretary.user_ids)[:1]
        return self._by(resolution, user or self._ref("user_secretary"))

    def _office(self, name):
        return self._by(self._ref(name), self._ref("user_reformoffice"))

    # === Meetings ===

    def _act_plan(self, told, start):
        meeting = self.env["reform.meeting"].create(
            {"committee_id": self._ref(f"committee_{told['body']}").id,
             "start_at": start}
        )  # fmt: skip
        self._keep(told["id"], meeting)
        for place, item in enumerate(told["items"], 1):
            vals = {
                "meeting_id": meeting.id,
                "sequence": 10 * place,
                "name": item["name"],
                "planned_minutes": 15,
                "explanation": item.get("why"),
            }
            if "presenter" in item:
                vals["presenter_id"] = self._ref(f"partner_{item['presenter']}").id
            created = self.env["reform.agenda.item"].create(vals)
            created.attachment_ids = self._sheets(item.get("files", ()))
            self._keep(f"{told['id']}_item_{place}", created)

    def _act_cancel(self, told):
        self._meeting(told).write({"state": "cancelled", "reason": told["reason"]})

    def _act_convene(self, told):
        self._meeting(told).action_convene()

    def _act_open(self, told):
        meeting = self._meeting(told)
        meeting.action_start()
        away = [self._ref(f"partner_{who}").id for who in told.get("away", ())]
        seats = meeting.attendance_ids
        missing = seats.filtered(lambda seat: seat.partner_id.id in away)
        missing.write({"status": "excused"})
        (seats - missing).write({"status": "present"})

    def _act_decide(self, told):
        meeting = self._meeting(told)
        for item in meeting.item_ids:
            said = told.get("by_itself", {}).get(item.source)
            item.write(said or {"outcome": self._outcome(item)})
        names = iter([name for name, _row in self._rows(told)])
        for place, said in enumerate(told["items"], 1):
            item = self._by(self._ref(f"{told['id']}_item_{place}"), self.env.user)
            item.write({"outcome": said["outcome"], "notes": said.get("notes")})
            for row in said.get("rows", ()):
                self._resolve(item, next(names), row)
            if "refer" in said:
                self._refer(item, said["refer"])

    def _outcome(self, item):
        """Return what a meeting makes of an item that came by itself."""
        return "approved" if item.source == "from_below" else "noted"

    def _resolve(self, item, name, row):
        resolution = self.env["reform.resolution"].create(
            {
                "item_id": item.id,
                "text": row["text"],
                "kind": row.get("kind", "decision"),
                "responsible_id": self._ref(f"partner_{row['who']}").id,
                "due_on": (item.meeting_id.start_at + row["due"] * ONE_DAY).date(),
                "consequence": row.get("consequence"),
            }
        )
        self._keep(name, resolution)
        vote = {"mode": "consensus"}
        if "vote" in row:
            yes, no, abstain = row["vote"]
            vote = {"yes_count": yes, "no_count": no, "abstain_count": abstain}
        self.env["reform.vote.event"].create(
            vote | {"item_id": item.id, "resolution_id": resolution.id}
        )

    def _act_hold(self, told):
        self._meeting(told).action_hold()

    def _act_submit(self, told):
        self._meeting(told).action_submit_minutes()

    def _act_approve(self, told):
        meeting = self._by(self._ref(told["id"]), self._ref("user_approver"))
        meeting.action_approve()

    # === Resolutions ===

    def _act_communicate(self, told, name, row, said, story):
        resolution = self._ref(name)
        if resolution.state == "awaiting_approval":
            approver = resolution.committee_id.resolution_approver_id
            self._by(resolution, approver).approve(story["directive"])
        else:
            user = self._meeting(told).env.user
            self._by(resolution, user).action_communicate()

    def _act_give_back(self, told, name, row, said, story):
        resolution = self._ref(name)
        approver = resolution.committee_id.resolution_approver_id
        self._by(resolution, approver).give_back(row["reason"])

    def _act_receive(self, told, name, row, said, story):
        self._worker(name, row).action_receive()

    def _act_report(self, told, name, row, said, story):
        worker = self._worker(name, row)
        texts = story["progress"][str(said["percent"])]
        text = texts[worker.id % len(texts)]
        files = self._evidence(worker, story, text) if said.get("proves") else []
        worker.report(text, said["percent"], files)

    def _evidence(self, worker, story, text):
        title = story["evidence"][worker.evidence_count % len(story["evidence"])]
        attachment = worker.env["ir.attachment"].create(
            {
                "name": f"{title} {worker.number.replace('/', '-')}.txt",
                "raw": f"{title}\n{worker.text}\n{text}\n".encode(),
                "res_model": worker._name,
                "res_id": worker.id,
            }
        )
        return attachment.ids

    def _act_claim(self, told, name, row, said, story):
        self._worker(name, row).action_claim_done()

    def _act_verify(self, told, name, row, said, story):
        resolution = self._office(name)
        for file in resolution.evidence_ids:
            resolution._see(file.id)
        resolution.action_verify()

    def _act_reopen(self, told, name, row, said, story):
        self._office(name).reopen(story["reopened"])

    def _act_ask(self, told, name, row, said, story):
        worker = self._worker(name, row)
        day = worker.due_on + said["days"] * ONE_DAY
        worker.ask_extension(day, story["extension"])

    def _act_grant(self, told, name, row, said, story):
        self._office(name).decide_extension(True, story["granted"])

    def _act_revoke(self, told, name, row, said, story):
        self._office(name).revoke(row["reason"])

    def _act_supersede(self, told, name, row, said, story):
        other = self._ref(row["by"])
        self._office(name).supersede(other.id, row["reason"])
