-- The lanes of other accounts that a plan leaves: the same part of the same order at the same port, planned before and not wanted there any more. wanted: the account that is to get it now.
create or replace function plan_left(p_wanted orderweir.wanted[]) returns table (lane_id bigint, entity_id bigint, connection text, port text, part text, wanted text, stands boolean) language sql stable as $$
  select l.id, l.entity_id, l.connection, l.port, l.part, w.connection, orderweir.lane_stands(l)
  from unnest(p_wanted) as w
  join orderweir.lane l on l.entity_id = w.entity_id and l.port = w.port and l.part = w.part and l.connection <> w.connection
  where w.role is not null and l.last_seq > 0
    -- another role of this plan has a lane of its own there; one that is in no plan any more was renamed
    and (l.role is null or l.role = w.role or not exists (select from unnest(p_wanted) as v where v.entity_id = l.entity_id and v.role = l.role))
    and not exists (select from unnest(p_wanted) as v where (v.entity_id, v.connection, v.port, v.part) = (l.entity_id, l.connection, l.port, l.part))
  order by l.id
$$;
