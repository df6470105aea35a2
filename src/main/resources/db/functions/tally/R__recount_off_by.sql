-- 1 too many, 2 missing: what is kept against what was counted.
create or replace function recount_off_by(p_kept bigint, p_counted bigint) returns text language sql immutable as $$
  select orderweir.alert_count_words(abs(p_kept - p_counted)) || case when p_kept > p_counted then ' too many' else ' missing' end
$$;
