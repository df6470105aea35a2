-- What time the database thinks it is.
-- in: nothing   out: at
select clock_timestamp() as at
