-- What a message says: one sentence, or a list of the first ten; and where somebody sees to it.
create or replace function notification_text(p_purpose text, p_alerts bigint[], p jsonb) returns text language sql stable as $$
  select concat_ws(E'\n',
    case p_purpose when 'escalated' then 'Nobody has taken this yet.'
                   when 'over' then case when cardinality(p_alerts) > 1 then cardinality(p_alerts) || ' things are over:' end
                   else case when cardinality(p_alerts) > 1 then cardinality(p_alerts) || ' things need you:' end end,
    (select string_agg(case when cardinality(p_alerts) > 1 then '- ' else '' end || case when p_purpose = 'over' then coalesce(a.ending, 'Over: ' || a.sentence) else a.sentence end, E'\n' order by a.id)
     from orderweir.alert a where a.id = any (p_alerts[1:10])),
    case when cardinality(p_alerts) > 10 then format('and %s more', cardinality(p_alerts) - 10) end,
    case when p ->> 'url' is not null then (p ->> 'url')
      || case when cardinality(p_alerts) = 1 then (select orderweir.alert_place(a.kind, a.subject) from orderweir.alert a where a.id = p_alerts[1]) else '/alerts' end end)
$$;
