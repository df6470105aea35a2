-- Plans once more what a record was written with: in its lane, so that it is an update of the same record and never a second one. found is what its mapping reads beside the order.
create or replace function total_again(p_booked orderweir.delivery, p_found jsonb, p_hold jsonb) returns void language plpgsql as $$
begin
  perform orderweir.plan_place(
    array[jsonb_populate_record(null::orderweir.wanted, to_jsonb(p_booked) || jsonb_build_object('after_lane_id', null, 'gates', '[]'::jsonb, 'hold', p_hold))],
    array[row(p_booked.entity_id, p_booked.message_id, null, 0)::orderweir.plan]);
  update orderweir.delivery d set found = p_found from orderweir.lane l where l.id = p_booked.lane_id and d.lane_id = l.id and d.seq = l.last_seq and p_found is not null;
end $$;
