-- When somebody last looked for what needs a person.
-- in: nothing   out: lookedAt, or null when nobody ever did
select nullif(looked_at, '-infinity') as "lookedAt" from orderweir.watch
