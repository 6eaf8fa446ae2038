import json
from datetime import timedelta

from odoo import fields, models
from odoo.tools import file_open

from .reform_demo_story import ADDON, ONE_DAY

# Days after a suggestion came: when reviewers are asked, and have to answer.
ASKED, DUE = 2, 16
# Days before the meeting that decides, so that it still is a draft.
BEFORE_MEETING = 7
CRITERIA = ("usefulness", "feasibility", "novelty", "economy")
# Reviewers answer in the morning, the secretariat acts when they have gone home.
EVENING = timedelta(hours=6)


class ReformDemoSuggestions(models.AbstractModel):
    """Suggestions of the demo year, reviewed by people and decided by meetings."""

    _inherit = "reform.demo.story"

    def _steps(self, story, now):
        yield from super()._steps(story, now)
        meetings = {told["id"]: told for told in story["meetings"]}
        for told in self._suggestions():
            yield from self._steps_of_suggestion(told, meetings, now)

    def _suggestions(self):
        with file_open(f"{ADDON}/demo/reform_suggestion_story.json") as file:
            return json.load(file)

    def _steps_of_suggestion(self, told, meetings, now):
        came = now + told["day"] * ONE_DAY
        yield came, "suggest", (told,)
        if told["reviews"]:
            yield came + ASKED * ONE_DAY, "ask_reviews", (told,)
        for place, (who, *marks) in enumerate(told["reviews"]):
            if marks:
                given = came + (ASKED + 2 + 3 * place) * ONE_DAY
                yield given, "review", (told, who, marks)
        if "meeting" not in told:
            if told["ends"] == "rejected":
                yield came + DUE * ONE_DAY, "turn_down", (told,)
            return
        start = self._start(meetings[told["meeting"]]["day"], now)
        yield start - BEFORE_MEETING * ONE_DAY + EVENING, "put_on_agenda", (told,)
        decided = start + 3 * ONE_DAY + EVENING
        if told["ends"] in ("accepted", "done"):
            yield decided, "follow_up", (told, decided)
        if told["ends"] == "done":
            yield decided + told["days"] * ONE_DAY, "carry_out", (told,)

    def _outcome(self, item):
        if item.source != "suggestion":
            return super()._outcome(item)
        rejected = [
            told["name"]
            for told in self._suggestions()
            if told.get("decision") == "rejected"
        ]
        return "rejected" if item.suggestion_id.name in rejected else "approved"

    # === Acts ===

    def _act_suggest(self, told):
        texts = ("name", "problem", "proposal", "benefit")
        author = told["by"] and self._ref(f"partner_{told['by']}").id
        suggestion = self.env["reform.suggestion"].create(
            {name: told[name] for name in texts}
            | {
                "is_anonymous": not author,
                "author_id": author,
                "department_id": self._ref(f"office_{told['unit']}").id,
            }
        )
        self._keep(told["id"], suggestion)

    def _act_ask_reviews(self, told):
        suggestion = self._office(told["id"])
        suggestion.committee_id = self._ref(f"committee_{told['body']}")
        until = fields.Datetime.now() + (DUE - ASKED) * ONE_DAY
        for who, *_marks in told["reviews"]:
            user = self._ref(f"user_{who}")
            review = self.env["reform.suggestion.review"].create(
                {
                    "suggestion_id": suggestion.id,
                    "reviewer_id": user.id,
                    "due_on": until.date(),
                }
            )
            self._keep(f"{told['id']}_review_{who}", review)
        suggestion.action_review()

    def _act_review(self, told, who, marks):
        *figures, opinion = marks
        user = self._ref(f"user_{who}")
        review = self._by(self._ref(f"{told['id']}_review_{who}"), user)
        given = dict(zip(CRITERIA, map(str, figures), strict=True))
        review.write(given | {"opinion": opinion})
        review.action_give()

    def _act_turn_down(self, told):
        self._office(told["id"]).write({"state": "rejected", "answer": told["answer"]})

    def _act_put_on_agenda(self, told):
        self._office(told["id"]).action_put_on_agenda()

    def _act_follow_up(self, told, decided):
        follow = {
            "answer": told["answer"],
            "reward": told.get("reward"),
            "responsible_id": self._ref(f"partner_{told['responsible']}").id,
            "due_on": (decided + told.get("due", 30) * ONE_DAY).date(),
        }
        self._office(told["id"]).write(follow)

    def _act_carry_out(self, told):
        self._office(told["id"]).write({"state": "done", "result": told["result"]})
