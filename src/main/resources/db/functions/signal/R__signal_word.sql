-- How a person calls a kind of signals.
create or replace function signal_word(p_kind text) returns text language sql immutable as $$
  select case p_kind when 'dispute-lost' then 'lost dispute' when 'dispute-won' then 'won dispute' when 'authorized' then 'payment authorisation' when 'payment-failed' then 'failed payment' else replace(p_kind, '-', ' ') end
$$;
