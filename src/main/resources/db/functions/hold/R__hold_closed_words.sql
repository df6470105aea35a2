-- Who closed a hold, when and with which values, for whoever comes too late: the two stand side by side. Null while it is open.
create or replace function hold_closed_words(p_hold orderweir.hold) returns text language sql stable as $$
  select format('It was closed at %s%s: %s%s. What you said was not done.', orderweir.utc(p_hold.closed_at), ' by ' || p_hold.resolved_by, p_hold.resolution,
    (select format(' (%s)', string_agg(format('%s: %s', array_to_string(c.path, '.'), coalesce(c.value #>> '{}', 'nothing')), ', ' order by c.id))
     from orderweir.message m
     join orderweir.correction c on c.entity_id = m.entity_id and c.made_by = p_hold.resolved_by and c.made_at between p_hold.closed_at - interval '1 second' and p_hold.closed_at
     where m.id = p_hold.message_id having count(*) > 0))
  where p_hold.closed_at is not null
$$;
