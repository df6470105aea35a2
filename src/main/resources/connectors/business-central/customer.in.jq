# The answer becomes the customer that was found, or that there is none.
#   in    {envelope, answer: {value: [{number}]}}
#   out   what was found before, and customer: a number, or none

if (.answer.value | type) == "array" then (.envelope.found // {}) + {customer: (.answer.value[0].number // "none")}
else error("Business Central answered a filter without a list") end
# end
