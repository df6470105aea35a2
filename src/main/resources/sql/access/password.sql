-- The bcrypt hash of a person's password, if she may enter, and for how many seconds this address still waits after its wrong guesses at the name.
-- in: name, address   out: one row, the hash null when nobody enters with this name
with given as materialized (select lower(?::text) as name, ?::text as address)
select p.password,
  coalesce(ceil(extract(epoch from g.at + make_interval(secs => least(60, 2 ^ (least(g.times, 20) - 3))) - clock_timestamp())), 0)::int as wait
from given
left join orderweir.person p on lower(p.name) = given.name and p.locked_at is null and p.password is not null
left join orderweir.guess g on g.name = given.name and g.address = given.address and g.times > 2
