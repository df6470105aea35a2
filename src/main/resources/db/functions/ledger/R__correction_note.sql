-- Keeps what a person corrected, so that a newer version which brings the same wrong value gets the correction again.
create or replace function correction_note(p_entity bigint, p_by text, p_changes jsonb) returns void language sql as $$
  insert into orderweir.correction (entity_id, made_by, path, replaced, value)
  select p_entity, p_by, array(select jsonb_array_elements_text(c.change -> 'path')), c.change -> 'replaced', c.change -> 'value'
  from jsonb_array_elements(p_changes) with ordinality as c (change, place)
  order by c.place
$$;
