# A list of ids of sales orders becomes the filter for what each comes to.
#   in    ["b6f4017a-b749-ee11-ad0b-a1422c0f7f1f"]
#   out   the query, as text; "or" goes with one field alone (learn.microsoft.com, Business Central, odata-known-limitations)

map(select(test("^[0-9A-Za-z-]{1,36}\\z")) | "id%20eq%20\(.)") | join("%20or%20") | "$select=id,totalAmountIncludingTax&$filter=\(.)"
# end
