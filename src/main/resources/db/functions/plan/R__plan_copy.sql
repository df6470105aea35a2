-- Plans the same once more, behind the same gates, or its cancel.
create or replace function plan_copy(p_asked orderweir.delivery, p_cancel boolean) returns void language plpgsql as $$
begin
  perform orderweir.plan_place(array[jsonb_populate_record(null::orderweir.wanted, to_jsonb(p_asked) || jsonb_build_object(
      'goods_moving', p_asked.goods_moving and not p_cancel, 'cancel', p_cancel, 'after_lane_id', case when not p_cancel then p_asked.after_lane_id end,
      'class', (select class from orderweir.build where id = p_asked.build_id),
      'gates', case when p_cancel then '[]' else (select coalesce(jsonb_agg(jsonb_build_object('name', name)), '[]') from unnest(p_asked.behind) as name) end))],
    array[row(p_asked.entity_id, p_asked.message_id, null, 0)::orderweir.plan]);
end $$;
