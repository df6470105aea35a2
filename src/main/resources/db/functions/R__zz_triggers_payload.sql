-- An order is found by what a person wrote into it, too (L9).
create or replace trigger payload_keep_corrected_terms after update on payload referencing new table as after for each statement execute function search_keep_terms();

-- An order is found by its address and its SKUs, of which only salted hashes are kept (L9, L10).
create or replace trigger payload_keep_terms after insert on payload referencing new table as after for each statement execute function search_keep_terms();
