-- What a person is told of a delivery that is held by how often it was tried: it went round in circles (onward), or its tries are used up.
create or replace function deliver_held_words(p_outcome text, p_entity bigint, p_connection text, p_port text, p_verb text, p_step text, p_circles int, p_reason text, p_tries int)
returns text language sql stable as $$
  select concat('Order ', orderweir.entity_called(p_entity), ': ', case
    when p_outcome = 'onward' then concat(coalesce('step ' || p_step, concat(p_port, ' ', p_verb)), ' was called ', p_circles, ' times at ', p_connection,
      ' and found nothing new, so it would go on for ever. Release it to try again. If it comes back, an integrator looks at this step of the connector (', p_port, ' ', p_verb,
      '): every call must find something new, or say another outcome than onward.')
    else concat(p_reason, ', and so it was at all of ', p_tries, ' tries, while other orders went through. Release it to try again.')
  end)
$$;
