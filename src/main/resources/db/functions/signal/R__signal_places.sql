-- Which order a signal names, itself, a store by its own id, by its checkout, its payment or its charge, and which line; of orders of one name in several stores the one whose checkout is named: {entity, line, basis}; the basis is the beginning of the fingerprint of what was asked for.
create or replace function signal_places(p_document jsonb, p_connection text) returns table (entity_id bigint, line_id text, basis text) language plpgsql as $$
declare
  reference text[] := regexp_match(p_document ->> 'reference', '^(.*?)(?:-r[0-9]+)?(?:\.([0-9a-f]{8}))?$');
begin
  if p_document ? 'reference' then
    return query
      select distinct d.entity_id, b.line_id, reference[2]
      from orderweir.delivery d join orderweir.build b on b.id = d.build_id where d.external_id = reference[1];
  elsif not p_document ? 'order' then
    return query
      select distinct s.entity_id, null, null
      from orderweir.signal s join orderweir.message m on m.id = s.message_id
      where p_document ->> 'about' in (s.about, s.evidence ->> 'charge') and s.kind = 'payment' and s.state = 'heard' and m.connection = p_connection;
  else
    return query
      with
        named as materialized (
          select e.id from orderweir.entity e
          where orderweir.type_is(e.type, 'order') and (e.key in (p_document ->> 'order', p_connection || '/' || (p_document ->> 'order')) or e.name in (p_document ->> 'order', '#' || (p_document ->> 'order')))),
        paid as materialized (
          select p.id from orderweir.signal_payers(array[p_document ->> 'order', p_document -> 'evidence' ->> 'checkout']) as p (id)),
        -- a payment of an order is called by its name, too, with a number behind a dot
        part as materialized (
          select e.id from orderweir.entity e
          where not exists (select from named) and not exists (select from paid)
            and orderweir.type_is(e.type, 'order') and e.name = substring(p_document ->> 'order' from '^(.+)[.][0-9]{1,4}$'))
      select n.id, p_document ->> 'line', null from named n
      where (select count(*) from named) = 1 or n.id in (select p.id from paid p) or not exists (select from paid p join named m on m.id = p.id)
      union
      select p.id, p_document ->> 'line', null from paid p where not exists (select from named)
      union
      select p.id, p_document ->> 'line', null from part p;
  end if;
end $$;
