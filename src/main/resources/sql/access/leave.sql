-- Ends a session.
-- in: hash of its key   out: nothing; returns the number of rows
delete from orderweir.key k where k.hash = ? and k.kind = 'session'
