-- What ties a row of the audit log to the row before it: whoever changes one breaks all that follow.
create or replace function audit_hash(p audit) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p.by, p.action, p.subject, p.detail, encode(p.before, 'hex'))::text, 'UTF8'))
$$;
