-- A gate may name whom it believes.
comment on column gate.rule is 'what opens it without a person: {paid} share of the total, told by one of {payers} where it has them, or {opens, closes} kinds of signals (kind, or sender/kind), or {calendar}; {after} the gates that are open before';
