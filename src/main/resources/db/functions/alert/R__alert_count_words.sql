-- 2800 as 2,800.
create or replace function alert_count_words(p_count bigint) returns text language sql immutable as $$
  select to_char(p_count, 'FM999,999,999,990')
$$;
