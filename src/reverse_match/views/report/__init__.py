"""The report: a matching on one page, for people who read it, print it and have to defend it.

One HTML file that loads nothing, runs nothing and follows no link out of itself; a policy in its head
(``Content-Security-Policy``) lets a browser refuse the rest. Whatever comes from people's records or from the
policy is text (:mod:`reverse_match.views.html.element`). Nothing is solved again: the report tells what the
matching holds, and with the people beside it their departments and how far apart they are.

Limits: above :data:`.EACH_SEEN` duos lists fold; above :data:`.EXPLAINED` a duo is told by its points alone.
A thousand duos take about a megabyte, twenty thousand seven; nobody is left out.
"""
