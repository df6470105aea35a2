-- Other bytes under a name that is known are another event, whatever their sender calls it: it gets the digest of its bytes behind its name, and a person is told.
-- The same bytes, or bytes that say the same, are left to be counted as a repeat.
create or replace function message_tell_apart(p_events orderweir.event[], p_first bigint, p_bodies bytea[]) returns orderweir.event[] language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  others bigint[];
  other orderweir.event;
  known text;
begin
  select array_agg(e."offset") into others
  from unnest(p_events) as e
  cross join lateral (select id, hash from orderweir.message where ce_id = e.ce_id offset 0) m
  join orderweir.payload p on p.message_id = m.id
  where p.raw <> p_bodies[e."offset" - p_first + 1] and (m.hash is null or m.hash is distinct from e.hash);
  if others is null then
    return p_events;
  end if;
  for i in 1 .. cardinality(p_events) loop
    other := p_events[i];
    if other."offset" = any(others) then
      known := other.ce_id;
      other.ce_id := known || ':' || encode(sha256(p_bodies[other."offset" - p_first + 1]), 'hex');
      p_events[i] := other;
      perform orderweir.alert_raise('notice', 'notice|one id|' || other.connection, other.connection,
        format('%s called two different events %s. Both are taken in, this one as %s. Ask who sends there: one of them may be a forgery, or the sender counts wrongly.', other.connection, known, other.ce_id),
        other.captured_at);
    end if;
  end loop;
  return p_events;
end $$;
