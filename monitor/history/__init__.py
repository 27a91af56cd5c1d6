"""Questions to what is remembered, and typed answers: asked by every surface alike.

`questions` says what may be asked, `answers` what is answered; the other files answer, one subject
each. Commands, pages and exports print answers; they have no query and no judgement of their own.
"""
