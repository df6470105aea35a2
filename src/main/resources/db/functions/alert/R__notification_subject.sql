-- The subject of a message about alerts, one line: its one sentence, or how many things need somebody.
create or replace function notification_subject(p_purpose text, p_alerts bigint[]) returns text language sql stable as $$
  select left(translate(case when p_purpose = 'over' then 'Over: ' else '' end
    || case when cardinality(p_alerts) = 1 then (select a.sentence from orderweir.alert a where a.id = p_alerts[1])
            else cardinality(p_alerts) || case when p_purpose = 'over' then ' things' else ' things need you' end end, E'\r\n', '  '), 120)
$$;
