-- When one of two persons last gave the other a way in (made her, reset her password, made a token of hers), within the last seven days: so long they count as one where two
-- are asked for. Null when they do not.
create or replace function persons_one_of_two(p_one text, p_other text) returns timestamptz language sql stable as $$
  select max(a.at) from orderweir.audit a
  where (a.subject = p_one and a.by = p_other or a.subject = p_other and a.by = p_one)
    and a.action in ('person.add', 'key.give') and a.at > clock_timestamp() - interval '7 days'
$$;
