-- Whether a request wants more of a line, or another one, than what passed the gates of its build before. Of what was erased nothing is known, so it does.
create or replace function goods_adds(p_wanted orderweir.wanted) returns boolean language sql stable as $$
  with passed as materialized (
    -- what was taken back is out no more
    select n.message_id, n.line_ids
    from (
      select d.message_id, d.line_ids, d.cancel from orderweir.delivery d
      where d.lane_id = p_wanted.lane_id and (d.build_id = p_wanted.build_id or d.cancel) and d.state in ('ready', 'sending', 'unsure', 'delivered', 'confirmed')
      order by d.seq desc limit 1) n
    where not n.cancel),
  line as materialized (
    select l.line ->> 'id' as id, l.line ->> 'sku' as sku, coalesce(l.line ->> 'toShip', l.line ->> 'quantity')::numeric as asked, r.wanted
    from (select p_wanted.message_id, p_wanted.line_ids, true as wanted union all select message_id, line_ids, false from passed) r
    join orderweir.payload p on p.message_id = r.message_id
    cross join lateral jsonb_array_elements(case jsonb_typeof(p.canonical -> 'lineItems') when 'array' then p.canonical -> 'lineItems' else '[]' end) as l (line)
    where r.line_ids ? (l.line ->> 'id'))
  select not exists (select from passed) or exists (
    select from line w left join line b on not b.wanted and b.id = w.id and b.sku is not distinct from w.sku
    where w.wanted and w.asked > coalesce(b.asked, 0))
$$;
