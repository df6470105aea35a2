-- When a target that did not answer at p_at is tried next. p_probes, p_on: how often it was tried, on which day (UTC).
create or replace function connection_probe_at(p_connection text, p_probes int, p_on date, p_at timestamptz) returns timestamptz language sql as $$
  -- one hundredth of a day's calls as fast as an outage is healed, and as many again spread over the day
  select p_at + case
      when p_on is distinct from (p_at at time zone 'UTC')::date or p_probes * 100 < coalesce(min(a.slots), 2147483647) then interval '0.4 second' + random() * interval '0.2 second'
      else interval '1 day' * 100 / min(a.slots) end
  from orderweir.allowance a
  where a.connection = p_connection and a.window_length >= interval '1 day'
$$;
