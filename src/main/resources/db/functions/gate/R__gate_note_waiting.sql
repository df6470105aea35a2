-- Says of the gates of these builds whether they are waited for.
create or replace function gate_note_waiting(p_builds bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.gate g
  set waited_for = not g.waited_for
  where g.build_id = any (p_builds) and g.waited_for <> (g.opened_at is null and orderweir.gate_is_waited_for(g.build_id, g.name));
end $$;
