-- What stands in the ledger for a word that an order is found by: salted and hashed, so that the word itself is not read from it.
create or replace function search_term(p_salt bytea, p_kind text, p_text text) returns bytea language sql stable as $$
  select substr(sha256(p_salt || convert_to(p_kind || ':' || lower(btrim(p_text)), 'UTF8')), 1, 12)
$$;
