-- A message that carries a signal waits to be heard, when it comes and when a person releases it.
create or replace function signal_keep() returns trigger language plpgsql as $$
begin
  insert into orderweir.signal (message_id, kind, at, about, amount, currency, evidence)
  select new.id, p.canonical ->> 'signal', (p.canonical ->> 'at')::timestamptz, p.canonical ->> 'about', (p.canonical ->> 'amount')::numeric,
         p.canonical ->> 'currency', coalesce(p.canonical -> 'evidence', '{}')
  from orderweir.payload p where p.message_id = new.id and p.canonical ? 'signal'
  on conflict (message_id) do update
  set state = 'waiting', next_at = excluded.next_at, due_at = excluded.due_at, heard_at = null, kind = excluded.kind, at = excluded.at,
      about = excluded.about, amount = excluded.amount, currency = excluded.currency, evidence = excluded.evidence;
  return null;
end $$;
