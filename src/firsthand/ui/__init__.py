"""How pages look: the page, its tags, its one style sheet, and the middleware that shows a Refusal."""
