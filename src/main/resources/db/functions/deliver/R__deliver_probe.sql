-- Takes the one try that a target that is away has now, until its call must have ended; false when somebody else has it.
create or replace function deliver_probe(p_connection text, p_lease interval, p_at timestamptz) returns boolean language plpgsql as $$
begin
  update orderweir.connection_state
  set probe_at = p_at + p_lease,
      probes = case when probes_on = (p_at at time zone 'UTC')::date then probes + 1 else 1 end,
      probes_on = (p_at at time zone 'UTC')::date
  where connection = p_connection and away_since is not null and probe_at <= p_at;
  return found;
end $$;
