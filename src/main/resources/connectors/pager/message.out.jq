{
  id,
  type: ("alert." + .purpose),
  data: {
    channel,
    text,
    alerts
  }
}
# end
