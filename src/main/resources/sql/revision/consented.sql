-- Whether a person said that a change may be taken up, whatever it touches.
-- in: digest   out: by, or no row
select consented_by as by from orderweir.revision_refused where digest = ? and waits and consented_by is not null
