-- What a person reads of a record of which the target makes another total than the order has.
create or replace function total_words(p_booked orderweir.delivery, p_wanted numeric, p_said numeric, p_text text) returns text language sql stable as $$
  select format('Order %1$s comes to %2$s %3$s, and %4$s %5$s. Nothing of it is asked of a warehouse. Find out there what makes the difference, such as a tax code, a price or a script, '
      || 'set it right and release: the same record is written and read once more. Or accept it, which takes two people.',
    orderweir.entity_called(e.id), p_wanted, p.canonical ->> 'currency', p_booked.connection, case
      when p_said is not null then format('makes %s of record %s, which is %s %s', p_said, p_booked.remote_id, abs(p_said - p_wanted), case when p_said > p_wanted then 'more' else 'less' end)
      when p_text is null then format('shows no total of record %s', p_booked.remote_id)
      else format('shows no amount for record %s, but "%s"', p_booked.remote_id, left(p_text, 40)) end)
  from orderweir.entity e
  join orderweir.payload p on p.message_id = p_booked.message_id
  where e.id = p_booked.entity_id
$$;
