# These three are all that is markup at the receiver; without it an order's name could call everybody.
{text: (.text | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;"))}
# end
