# A list of ids of sales orders becomes a question of SuiteQL for what each comes to.
#   in    ["4711", "4712"]
#   out   {q}
# foreigntotal is the total in the currency of the order, taxes and shipping included; unverified on an account.

map(select(test("^[0-9]{1,18}\\z"))) | join(", ") | {q: "SELECT id, foreigntotal FROM transaction WHERE id IN (\(.)) ORDER BY id"}
# end
