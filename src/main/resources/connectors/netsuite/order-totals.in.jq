# The answer of SuiteQL becomes what each sales order comes to, by its id; what has no total is left out.
#   in    {items: [{id, foreigntotal}], hasMore}: names in small letters, numbers as text, empty columns left out
#   out   {"4711": "58.87"}

if (.items | type) == "array" then [ .items[] | select(.id != null and .foreigntotal != null) | {key: "\(.id)", value: "\(.foreigntotal)"} ] | from_entries
else error("NetSuite answered a query without a list of rows") end
# end
