-- The rows that migrations made, kept aside, and the way back to them. Lives in the test databases only.
CREATE SCHEMA pristine;

DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        -- A vacuum while a test's rows are not committed notes a table of many pages and no row: plans for one row.
        EXECUTE format('ALTER TABLE public.%I SET (autovacuum_enabled = false)', name);
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE pristine.%1$I AS TABLE public.%1$I', name);
        END IF;
    END LOOP;
END $$;

-- The ledger refuses DELETE and TRUNCATE by triggers; as a replica, which takes a superuser, none of them fires.
-- DELETE rather than TRUNCATE: no exclusive lock to wait for, and nearly all tables are empty anyway.
CREATE FUNCTION pristine.restore() RETURNS void
LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE
    name text;
    differs boolean;
    writable text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        IF to_regclass(format('pristine.%I', name)) IS NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO differs;
            IF differs THEN
                EXECUTE format('DELETE FROM public.%I', name);
            END IF;
        ELSE
            EXECUTE format(
                'SELECT EXISTS ((SELECT now::text FROM public.%1$I now EXCEPT ALL SELECT kept::text FROM pristine.%1$I kept)'
                ' UNION ALL (SELECT kept::text FROM pristine.%1$I kept EXCEPT ALL SELECT now::text FROM public.%1$I now))',
                name
            ) INTO differs;
            IF differs THEN
                SELECT string_agg(quote_ident(attname), ', ') INTO writable FROM pg_attribute
                WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0 AND NOT attisdropped
                AND attgenerated = '';
                EXECUTE format('DELETE FROM public.%I', name);
                EXECUTE format(
                    'INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM pristine.%1$I', name, writable
                );
            END IF;
        END IF;
    END LOOP;
END $$;
