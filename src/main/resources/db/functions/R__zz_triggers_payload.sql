create or replace trigger payload_keep_corrected_terms after update on payload referencing new table as after for each statement execute function search_keep_terms();

create or replace trigger payload_keep_terms after insert on payload referencing new table as after for each statement execute function search_keep_terms();
