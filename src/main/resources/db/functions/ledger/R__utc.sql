-- A moment as the console and the API write it.
create or replace function utc(p_at timestamptz) returns text language sql as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
