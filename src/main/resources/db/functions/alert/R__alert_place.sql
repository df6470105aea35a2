-- Where in the console somebody sees to an alert: a path with its query.
create or replace function alert_place(p_kind text, p_subject text) returns text language sql immutable as $$
  select case
      when p_kind = 'hold' then '/holds?group=' || (
        select string_agg(case when b.hex ~ '^(3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|2d|2e|5f)$' then chr(('x' || b.hex)::bit(8)::int) else '%' || upper(b.hex) end, '' order by b.place)
        from (select place, substr(encode(convert_to(p_subject, 'UTF8'), 'hex'), 2 * place - 1, 2) as hex from generate_series(1, octet_length(p_subject)) as place) b)
      when p_kind in ('away', 'auth', 'queue', 'silence', 'door', 'end') then '/connections#' || p_subject
      when p_kind = 'late' then '/gates'
      when p_subject = 'revision' then '/connectors'
      else '/alerts' end
$$;
