# The answer becomes what each sales order comes to, by its id; what is not there is left out.
#   in    {value: [{id, totalAmountIncludingTax}]}
#   out   {"b6f4017a-b749-ee11-ad0b-a1422c0f7f1f": "58.87"}

if (.value | type) == "array" then [ .value[] | select(.id != null and .totalAmountIncludingTax != null) | {key: "\(.id)", value: "\(.totalAmountIncludingTax)"} ] | from_entries
else error("Business Central answered a filter without a list") end
# end
