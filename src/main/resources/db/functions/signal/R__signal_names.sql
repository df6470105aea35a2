-- All names by which a signal knows its charge: what it is about, and of its evidence the transaction, the one that it goes on with, and the charge as those who took the money call it.
create or replace function signal_names(p_about text, p_evidence jsonb) returns text[] language sql immutable as $$
  select array_remove(array[p_about, p_evidence ->> 'transaction', p_evidence ->> 'parent', p_evidence ->> 'charge', p_evidence ->> 'paymentIntent'], null)
$$;
