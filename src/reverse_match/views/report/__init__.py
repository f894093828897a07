"""The report: a matching on one HTML page, to read, to print and to defend.

The page has no scripts, no external resources and no links to other pages. A ``Content-Security-Policy`` in
its head makes browsers refuse these. All data of people and of the policy is escaped text
(:mod:`reverse_match.views.html.element`). Nothing is solved again: the report shows the matching, and, if it
is attached, the departments and the differences of its people.

Above :data:`.EACH_SEEN` duos, lists fold. Above :data:`.EXPLAINED` duos, the report shows only the points of
a duo. All duos are in the report: a thousand take about a megabyte, and twenty thousand about seven.
"""
