import io
import random
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import fields, models

from .reform_demo_clock import story_clock
from .reform_demo_story import ONE_DAY

# Days after a meeting: its people sign; what was wrong is amended, signed, approved.
SIGNED, AMENDED, SIGNED_AGAIN, APPROVED_AGAIN = 2, 5, 6, 7
APART = timedelta(minutes=15)
PAPER, STROKES, PEN = (420, 150), 7, 4


class ReformDemoMinutes(models.AbstractModel):
    """How the minutes of the demo year are signed, and those of a meeting amended.

    Some people sign with their account, the others on paper.
    """

    _inherit = "reform.demo.story"

    def _steps_of_meeting(self, told, story, now):
        yield from super()._steps_of_meeting(told, story, now)
        if told["ends"] != "approved":
            return
        start = self._start(told["day"], now)
        yield start + SIGNED * ONE_DAY, "sign", (told,)
        if "amended" in told:
            yield start + AMENDED * ONE_DAY, "amend", (told,)
            yield start + SIGNED_AGAIN * ONE_DAY, "sign", (told,)
            yield start + APPROVED_AGAIN * ONE_DAY, "approve", (told,)

    def _act_sign(self, told):
        meeting = self._meeting(told)
        begins = fields.Datetime.now()
        with story_clock() as set_clock:
            newest = meeting.minutes_ids.sorted("version")[-1:]
            for place, signature in enumerate(newest.signature_ids):
                set_clock(begins + place * APART)
                if user := signature.partner_id.user_ids[:1]:
                    self._by(signature, user)._stamp("electronic")
                else:
                    scan = self._scan(meeting, signature.partner_id)
                    self._by(signature, meeting.env.user)._stamp("paper", scan)

    def _act_amend(self, told):
        meeting, amended = self._meeting(told), told["amended"]
        meeting._amend(amended["reason"])
        self._ref(f"{told['id']}_item_{amended['item']}").notes = amended["notes"]
        meeting.action_submit_minutes()

    def _scan(self, meeting, person):
        """Return the signature of somebody as a scanned page, the same each time."""
        hand = random.Random(person.name)
        width, height = PAPER
        page = Image.new("L", PAPER, 255)
        points = [
            (width * (place + 0.5) / STROKES, height * hand.uniform(0.15, 0.85))
            for place in range(STROKES)
        ]
        pen = ImageDraw.Draw(page)
        pen.line(points, fill=60, width=PEN, joint="curve")
        pen.line([points[0], points[-1]], fill=60, width=PEN)
        content = io.BytesIO()
        page.save(content, "PNG")
        return meeting.env["ir.attachment"].create(
            {
                "name": f"امضای {person.name}.png",
                "raw": content.getvalue(),
                "res_model": meeting._name,
                "res_id": meeting.id,
            }
        )
