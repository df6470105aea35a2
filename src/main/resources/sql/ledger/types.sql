-- Which types of events there are. One of another kind than the ledger knows stays as it is, and is told.
-- in: types (JSON array of {type, kind, tellsProductTypes})   out: one row per type of another kind: type, given, known
with given as materialized (
  select * from jsonb_to_recordset(?::jsonb) as t (type text, kind text, "tellsProductTypes" boolean)),
kept as (
  insert into orderweir.event_type as known (type, kind, tells_product_types)
  select type, kind, "tellsProductTypes" from given order by type
  on conflict (type) do update set tells_product_types = excluded.tells_product_types
  where known.kind = excluded.kind and known.tells_product_types <> excluded.tells_product_types)
select g.type, g.kind as given, k.kind as known
from given g join orderweir.event_type k on k.type = g.type
where k.kind <> g.kind
order by g.type
