-- The lanes and builds of what is wanted, made where they are new: returns it with their ids.
create or replace function plan_know(p_wanted orderweir.wanted[]) returns orderweir.wanted[] language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  insert into orderweir.lane (entity_id, connection, port, part, role, legacy_key, doubtful)
  select entity_id, connection, port, part, max(role), max(legacy_key), max(legacy_key) is not null
  from (
    select entity_id, connection, port, part, role, legacy_key from unnest(p_wanted)
    union all
    select entity_id, after ->> 'connection', after ->> 'port', after ->> 'part', null, null from unnest(p_wanted) where after is not null) as l
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4
  on conflict (entity_id, connection, port, part) do nothing;

  -- what was only waited for until now, and what was looked for by a key that somebody has corrected since
  update orderweir.lane l set legacy_key = w.legacy_key, doubtful = true
  from unnest(p_wanted) w
  where w.legacy_key is not null and (l.entity_id, l.connection, l.port, l.part) = (w.entity_id, w.connection, w.port, w.part) and l.remote_id is null
    and case when l.legacy_key is null then l.last_seq = 0 else l.legacy_key <> w.legacy_key end
    and not exists (select from orderweir.delivery d where d.lane_id = l.id and d.state in ('sending', 'unsure'));

  insert into orderweir.build (entity_id, line_id, class, basis)
  select distinct entity_id, coalesce(line_id, part), class, gate_basis from unnest(p_wanted) where class is not null and not cancel and build_id is null
  on conflict (entity_id, line_id, basis) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold, w.class, coalesce(w.build_id, b.id), w.notice, w.line_id, w.role, w.legacy_key)::orderweir.wanted)
  into p_wanted
  from unnest(p_wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.port, l.part) = (w.entity_id, w.connection, w.port, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.port, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'port', w.after ->> 'part')
  left join orderweir.build b on (b.entity_id, b.line_id, b.basis) = (w.entity_id, coalesce(w.line_id, w.part), w.gate_basis) and w.class is not null and not w.cancel;
  return p_wanted;
end $$;
