-- Whether a process of an environment may call from this ledger; see db/functions/origin/R__origin_environment.sql.
-- in: environment (or null), was (that of the ledger until now, or null), connections   out: known, the ledger's own where that stands against it, or null
select orderweir.origin_environment(?, ?, ?::text[]) as known
