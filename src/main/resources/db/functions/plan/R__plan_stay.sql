-- A choice sticks: the account that has a part of an order, or may have it, keeps it. What an address or the policy that changed would send to another account is planned for the
-- one that has it, and held, so that a person decides; a cancel goes there without asking, and so does what follows when a person has said once that it stays.
create or replace function plan_stay(p_wanted orderweir.wanted[]) returns orderweir.wanted[] language plpgsql as $$
declare
  other record;
begin
  update orderweir.lane l
  set role = w.role
  from unnest(p_wanted) as w
  where (l.entity_id, l.connection, l.port, l.part) = (w.entity_id, w.connection, w.port, w.part) and l.role is null and w.role is not null;
  -- who is taking one of them right now is waited for
  perform from orderweir.delivery d
  where d.lane_id in (select o.lane_id from orderweir.plan_left(p_wanted) as o) and d.state in ('gated', 'ready', 'sending', 'unsure', 'held')
  order by d.id
  for update;

  for other in
    select o.* from orderweir.plan_left(p_wanted) as o
    where o.stands and not exists (
      select from orderweir.lane own where (own.entity_id, own.connection, own.port, own.part) = (o.entity_id, o.wanted, o.port, o.part) and orderweir.lane_stands(own))
  loop
    select array_agg(case
      when (w.entity_id, w.connection, w.port, w.part) = (other.entity_id, other.wanted, other.port, other.part) then
        jsonb_populate_record(w::orderweir.wanted, jsonb_build_object('connection', other.connection, 'hold', case
          when w.cancel or exists (
            select from orderweir.hold h join orderweir.delivery d on d.id = h.delivery_id
            where d.lane_id = other.lane_id and h.reason = 'other-account' and h.resolution like 'released%') then w.hold
          else jsonb_build_object('reason', 'other-account', 'sentence', orderweir.plan_stay_words(other.entity_id, other.connection, other.wanted, w.role)) end))
      when w.entity_id = other.entity_id and (w.after ->> 'connection', w.after ->> 'port', w.after ->> 'part') = (other.wanted, other.port, other.part) then
        jsonb_populate_record(w::orderweir.wanted, jsonb_build_object('after', w.after || jsonb_build_object('connection', other.connection)))
      else w::orderweir.wanted end) into p_wanted
    from unnest(p_wanted) as w;
  end loop;
  return p_wanted;
end $$;
