# The answer of SuiteQL becomes the day on which an order is booked whose own is closed, or that there is none.
#   in    {envelope, answer: {items: [{opens}], hasMore}}
#   out   what was found before, and opens: a day such as 2026-11-01, or none

if (.answer.items | type) == "array" then
  (.answer.items[0].opens // "" | tostring | if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z") then . else "none" end) as $opens
  | (.envelope.found // {}) + {opens: $opens}
else error("NetSuite answered a query without a list of rows") end
# end
