-- The subject of a message about alerts, one line: its one sentence, or how many things need somebody, or are over.
create or replace function notification_subject(p_purpose text, p_alerts bigint[]) returns text language sql stable as $$
  select left(translate(case when cardinality(p_alerts) = 1
      then (select case when p_purpose = 'over' then coalesce(a.ending, 'Over: ' || a.sentence) else a.sentence end from orderweir.alert a where a.id = p_alerts[1])
      else cardinality(p_alerts) || case when p_purpose = 'over' then ' things are over' else ' things need you' end end, E'\r\n', '  '), 120)
$$;
