# The answer of SuiteQL becomes the customer that was found, or that there is none.
#   in    {envelope, answer: {items: [{id}], hasMore}}
#   out   what was found before, and customer: an internal id, or none

if (.answer.items | type) == "array" then (.envelope.found // {}) + {customer: (.answer.items[0].id // "none" | tostring)}
else error("NetSuite answered a query without a list of rows") end
# end
