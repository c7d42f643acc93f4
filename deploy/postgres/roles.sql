-- The two roles and the database, as a superuser of PostgreSQL:
--   psql -v ON_ERROR_STOP=1 -v owner_password=… -v app_password=… -f roles.sql
-- avatarg_owner changes the schema, and nobody runs the product as it. avatarg is the product's: it can not write the
-- ledger but through the functions that `grant_app_role` lets it call.
CREATE ROLE avatarg_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE avatarg LOGIN PASSWORD :'app_password' CONNECTION LIMIT 150;
CREATE DATABASE avatarg OWNER avatarg_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE avatarg FROM PUBLIC;
GRANT CONNECT ON DATABASE avatarg TO avatarg;
-- A migration that can not have its lock gives up, instead of keeping everybody waiting behind it.
ALTER ROLE avatarg_owner SET lock_timeout = '10s';
ALTER ROLE avatarg SET idle_in_transaction_session_timeout = '5min';
