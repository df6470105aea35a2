# The day of an order, or of a payment of it, becomes a question of SuiteQL for the first day after it that is not closed.
#   in    the envelope {order, payment}
#   out   {q}
# Names and values of the columns are unverified on an account.

(.payment.at // .order.placedOn // .order.createdAt // .order.updatedAt | .[0:10]) as $day
| {q: ("SELECT TO_CHAR(startdate, 'YYYY-MM-DD') AS opens FROM accountingperiod WHERE closed = 'F' AND isquarter = 'F' AND isyear = 'F' AND isadjust = 'F' "
    + "AND startdate > TO_DATE('\($day)', 'YYYY-MM-DD') ORDER BY startdate")}
# end
