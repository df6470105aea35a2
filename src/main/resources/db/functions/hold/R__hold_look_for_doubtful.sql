-- Looks, once each, for what ended in the bin after calls whose outcome nobody knows; returns how many.
create or replace function hold_look_for_doubtful(p_most int, p_at timestamptz) returns int language plpgsql as $$
declare
  doubtful bigint;
  looked int := 0;
begin
  for doubtful in
    select h.id
    from orderweir.hold h
    join orderweir.delivery d on d.id = h.delivery_id
    join orderweir.lane l on l.id = d.lane_id
    where h.closed_at is null and h.reason = 'tries-used-up' and h.opened_at < p_at - interval '1 minute'
      and d.state = 'held' and d.unsure_since is not null and d.looked_at is null and not d.cancel and d.head and d.closed_gates = 0
      and l.remote_id is null and l.quiet_at < p_at
    limit p_most
  loop
    begin
      perform orderweir.hold_look(doubtful, 'Orderweir');
      looked := looked + 1;
    exception when sqlstate 'OW409' or sqlstate 'OW422' then
      -- somebody was there before
      null;
    end;
  end loop;
  return looked;
end $$;
