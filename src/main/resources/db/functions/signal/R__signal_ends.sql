-- When a person is to be told that the authorisation of a signal ends (its evidence captureBefore), by the gate of its order that tells earliest (rule tellsEnding, s; else a day before); null where nobody said when.
create or replace function signal_ends(p_heard orderweir.signal, p_entity bigint) returns timestamptz language sql stable as $$
  select case when p_heard.kind = 'authorized' and pg_input_is_valid(p_heard.evidence ->> 'captureBefore', 'timestamptz') then (p_heard.evidence ->> 'captureBefore')::timestamptz
    - make_interval(secs => coalesce((select max((g.rule ->> 'tellsEnding')::float8) from orderweir.build b join orderweir.gate g on g.build_id = b.id where b.entity_id = p_entity), 86400)) end
$$;
