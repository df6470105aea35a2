-- A cause of holds in words; p as in sql/alert/watch.sql. The first of the words that fits counts, as in schemas/hold.words.yaml.
create or replace function alert_cause_words(p jsonb, p_fingerprint text) returns text language sql stable as $$
  select concat(coalesce(a.label, f.connection), ': ', coalesce(w.word, replace(f.reason, '-', ' ')), ' (' || f.path || ')')
  from (select split_part(p_fingerprint, '|', 1) as connection, split_part(p_fingerprint, '|', 2) as reason, nullif(split_part(p_fingerprint, '|', 3), '') as path) f
  left join jsonb_to_recordset(p -> 'connections') as a (connection text, label text) using (connection)
  left join lateral (
    select r.row ->> 'word' as word from jsonb_array_elements(p -> 'words') with ordinality as r (row, place)
    where r.row ->> 'reason' = f.reason and (r.row ->> 'path' is null or starts_with(f.path, r.row ->> 'path'))
    order by r.place
    limit 1) w on true
$$;
