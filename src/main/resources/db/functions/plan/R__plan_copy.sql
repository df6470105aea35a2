-- Plans the same once more, behind the same gates, or its cancel.
create or replace function plan_copy(p_asked orderweir.delivery, p_cancel boolean) returns void language plpgsql as $$
begin
  perform orderweir.plan_message(p_asked.entity_id, p_asked.message_id, jsonb_build_array(jsonb_build_object(
    'connection', p_asked.connection, 'port', p_asked.port, 'part', p_asked.part, 'external_id', p_asked.external_id, 'priority', p_asked.priority,
    'goods_moving', p_asked.goods_moving and not p_cancel, 'cancel', p_cancel, 'line_ids', p_asked.line_ids, 'fingerprint', p_asked.fingerprint,
    'build_id', p_asked.build_id, 'class', (select class from orderweir.build where id = p_asked.build_id), 'gate_basis', p_asked.gate_basis, 'notice', p_asked.notice,
    'gates', case when p_cancel then '[]' else (select coalesce(jsonb_agg(jsonb_build_object('name', name)), '[]') from unnest(p_asked.behind) as name) end,
    'after', case when not p_cancel then (select jsonb_build_object('connection', a.connection, 'port', a.port, 'part', a.part) from orderweir.lane a where a.id = p_asked.after_lane_id) end)));
end $$;
