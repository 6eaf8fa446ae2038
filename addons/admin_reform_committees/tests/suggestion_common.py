from .year_common import YearCase

TEXTS = {"name": "Fewer forms", "problem": "Too many forms", "proposal": "One form"}


class SuggestionCase(YearCase):
    def _suggested(self, user=None, uploads=(), **vals):
        suggestions = self.env["reform.suggestion"].with_user(user or self.outsider)
        found_sudo = suggestions._submit(TEXTS | vals, uploads)
        return self.env["reform.suggestion"].browse(found_sudo.id)

    def _reviewed(self, suggestion, reviewer, *marks):
        review = self.env["reform.suggestion.review"].create(
            {"suggestion_id": suggestion.id, "reviewer_id": reviewer.id}
        )
        names = ("usefulness", "feasibility", "novelty", "economy")
        mine = review.with_user(reviewer)
        mine.write(dict(zip(names, map(str, marks), strict=True)))
        mine.action_give()
        return review
