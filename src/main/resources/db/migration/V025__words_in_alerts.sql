-- What is told of holds says it in the words of the console: the account's label, and what the cause is called.

-- A cause of holds in words; p as in sql/alert/watch.sql. The first of the words that fits counts, as in schemas/hold.words.yaml.
create function cause_in_words(p jsonb, p_fingerprint text) returns text language sql stable as $$
  select concat(coalesce(a.label, f.connection), ': ', coalesce(w.word, replace(f.reason, '-', ' ')), ' (' || f.path || ')')
  from (select split_part(p_fingerprint, '|', 1) as connection, split_part(p_fingerprint, '|', 2) as reason, nullif(split_part(p_fingerprint, '|', 3), '') as path) f
  left join jsonb_to_recordset(p -> 'connections') as a (connection text, label text) using (connection)
  left join lateral (
    select r.row ->> 'word' as word from jsonb_array_elements(p -> 'words') with ordinality as r (row, place)
    where r.row ->> 'reason' = f.reason and (r.row ->> 'path' is null or starts_with(f.path, r.row ->> 'path'))
    order by r.place
    limit 1) w on true
$$;

-- What a person is told of the open holds of one cause; names the newest.
create function told_of_holds(p jsonb, p_fingerprint text, p_holds bigint) returns text language sql stable as $$
  select case when p_holds = 1
              then format('%s %s is in the Error Hold bin. %s. Correct and release it, or discard it.', initcap(e.type), coalesce(e.name, e.key), orderweir.cause_in_words(p, p_fingerprint))
              else format('%s are in the Error Hold bin for one cause. %s. The newest is %s %s.', orderweir.counted(p_holds), orderweir.cause_in_words(p, p_fingerprint), e.type, coalesce(e.name, e.key)) end
  from (
    select message_id from orderweir.hold
    where fingerprint = p_fingerprint and closed_at is null
    order by opened_at desc, id desc
    limit 1) h
  join orderweir.message m on m.id = h.message_id
  join orderweir.entity e on e.id = m.entity_id
$$;

-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create or replace function troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select t.kind, t.cause, t.subject, case when t.kind = 'hold' then orderweir.told_of_holds(p, t.subject, t.count) else t.sentence end, t.count
  from orderweir.all_troubles(p, p_at) as t
  where t.kind <> 'hold' or not orderweir.is_put_off(t.subject, p_at)
  union all
  select b.kind, b.cause, b.subject, b.sentence, b.count from orderweir.wrong_books() as b
$$;
