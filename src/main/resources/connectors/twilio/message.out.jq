# The form of one text message. Longer ones than 1,600 characters are refused (21617); the console has the rest.
"To=" + ((.to // error("the channel has no telephone number; set its key to")) | @uri)
+ "&From=" + ((.settings.from // error("the connection has no sender; set its settings.from")) | @uri)
+ "&Body=" + ((if (.text | length) > 1500 then .text[0:1499] + "…" else .text end) | @uri)
# end
