-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create or replace function alert_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select t.kind, t.cause, t.subject, case when t.kind = 'hold' then orderweir.alert_told_of_holds(p, t.subject, t.count) else t.sentence end, t.count
  from orderweir.alert_all_troubles(p, p_at) as t
  where t.kind <> 'hold' or not orderweir.hold_is_put_off(t.subject, p_at)
  union all
  select b.kind, b.cause, b.subject, b.sentence, b.count from orderweir.recount_wrong_books() as b
  union all
  select i.kind, i.cause, i.subject, i.sentence, i.count from orderweir.intake_troubles(p, p_at) as i
$$;
