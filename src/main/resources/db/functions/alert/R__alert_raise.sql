-- Something happened that the watch cannot see later: one alert for its cause, however often it is said.
create or replace function alert_raise(p_kind text, p_cause text, p_subject text, p_sentence text, p_at timestamptz) returns bigint language sql as $$
  insert into orderweir.alert as a (kind, cause, subject, sentence, standing, first_at, last_at)
  values (p_kind, p_cause, p_subject, p_sentence, false, p_at, p_at)
  on conflict (cause) where state <> 'over' do update set count = a.count + 1, sentence = excluded.sentence, last_at = greatest(a.last_at, excluded.last_at)
  returning a.id
$$;
