-- What of the accounts needs a person now: one whose queue grows, or keeps an order longer than is promised, one that is away, refuses us, or gives us no token.
create or replace function alert_account_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    account as materialized (
      select a.connection, coalesce(a.label, a.connection) as label, s.away_since, s.paused_at, s.reason,
             coalesce(a.resting, false) or s.away_since is not null or s.paused_at is not null as excused
      from jsonb_to_recordset(p -> 'connections') as a (connection text, label text, resting boolean)
      left join orderweir.connection_state s using (connection)),
    depth as materialized (
      select s.connection, array_agg(s.due order by s.at) filter (where s.at > date_trunc('minute', p_at) - interval '6 minutes') as due,
             (array_agg(s.due + s.blocked order by s.at desc))[1] as waiting, max(s.due) as most
      from orderweir.sample s
      where s.at > p_at - interval '15 minutes'
      group by s.connection)
  -- six samples, each as deep as the one before or deeper; told until half of the deepest is gone
  select 'queue', 'queue|' || a.connection, a.connection, format('The queue of %s has been growing: %s wait now.', a.label, orderweir.alert_count_words(q.due[cardinality(q.due)])), 1
  from account a
  join depth q using (connection)
  left join orderweir.alert known on known.cause = 'queue|' || a.connection and known.state <> 'over'
  where not a.excused and q.due is not null
    and (cardinality(q.due) >= 6 and q.due[cardinality(q.due)] >= q.due[1] + 10
         and not exists (select from generate_subscripts(q.due, 1) as i where i > 1 and q.due[i] < q.due[i - 1])
      or known.id is not null and 2 * q.due[cardinality(q.due)] > q.most)
  union all
  select 'lag', 'lag|' || o.type, o.type, format('%s %s has waited %s for %s; %s are promised.', case when o.type ~ '^[aeiou]' then 'An' else 'A' end, o.type,
         orderweir.alert_lasting_words(p_at - w.since), w.label, orderweir.alert_lasting_words(make_interval(secs => o.seconds))), 1
  from jsonb_to_recordset(p -> 'objectives') as o (type text, seconds float8)
  cross join lateral (
    select s.since, a.label
    from orderweir.sample_waiting_since((select array_agg(x.connection) from account x where not x.excused), p_at) s
    join account a using (connection)
    where s.type = o.type
    order by s.since
    limit 1) w
  where w.since < p_at - make_interval(secs => o.seconds)
  union all
  select 'away', 'away|' || a.connection, a.connection,
         format('%s has not answered since %s; %s wait for it. They go out by themselves when it is back.', a.label, orderweir.alert_clock(a.away_since, p), orderweir.alert_count_words(coalesce(q.waiting, 0))), 1
  from account a
  left join depth q using (connection)
  where a.paused_at is null and a.away_since <= p_at - make_interval(secs => (p ->> 'awayGrace')::float8)
  union all
  select 'auth', 'auth|' || a.connection, a.connection, format('%s is paused since %s: %s', a.label, orderweir.alert_clock(a.paused_at, p), a.reason), 1
  from account a
  where a.paused_at is not null and a.reason not like 'paused by %'
  union all
  select 'auth', 'token|' || a.connection, a.connection,
         format('%s gives us no token since %s: %s', a.label, orderweir.alert_clock(t.trouble_at, p), t.trouble), 1
  from account a
  join orderweir.token t using (connection)
  where a.paused_at is null and t.wanted
    and (t.needs_person or t.trouble_at <= p_at - make_interval(secs => (p ->> 'awayGrace')::float8) and orderweir.token_is_dead(a.connection, p_at))
$$;
