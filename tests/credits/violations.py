"""One breach of each rule of the audit, as SQL that only the owner with triggers asleep can do.

They break a little town: alice has a completed job `done` with one artifact, a failed one `failed`, an orchestrated one
`parent` that failed with its step `step`; a lapsed bonus and a living one; something taken back; an upload. bob is new.
"""

ALICE, BOB = "00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"
DONE, FAILED, PARENT, STEP = (f"00000000-0000-7000-9000-00000000000{number}" for number in range(1, 5))

TOWN = f"""
    INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active)
    VALUES ('{ALICE}', 'alice@example.test', '', false, false, true),
           ('{BOB}', 'bob@example.test', '', false, false, true);
    SELECT add_credits('{ALICE}', 10, 'bonus', 'lapses', 'A gift', now() - interval '2 days',
                       p_now => now() - interval '9 days');
    SELECT add_credits('{ALICE}', 20, 'bonus', 'lives', 'A gift', now() + interval '9 days');
    SELECT deduct_credits('{ALICE}', 10, 'Avatar', '{DONE}', 'avatar-builder');
    SELECT deduct_credits('{ALICE}', 8, 'Picture', '{FAILED}', 'image-creator');
    SELECT refund_credits('{ALICE}', '{FAILED}', 'Picture: failed');
    SELECT deduct_credits('{ALICE}', 58, 'Plan', '{PARENT}', 'avatar-g-agent');
    SELECT refund_credits('{ALICE}', '{PARENT}', 'Plan: failed');
    SELECT take_back_credits('{ALICE}', 5, 'Paid by mistake', 'ticket-7');
    INSERT INTO jobs_job (id, parent_id, agent_id, operation, status, cost, refunded, output, base_cost, user_id, plan,
                          queue, input, seed, finished_at)
    SELECT jobs.*, '{ALICE}', 'PREMIUM', 'priority', '{{}}', 1, now() FROM (VALUES
      ('{DONE}'::uuid, NULL::uuid, 'avatar-builder', 'generate', 'completed', 10, 0, '{{}}'::jsonb, NULL::int),
      ('{FAILED}', NULL, 'image-creator', 'generate', 'failed', 8, 8, NULL, NULL),
      ('{PARENT}', NULL, 'avatar-g-agent', 'orchestrate', 'failed', 58, 58, NULL, 50),
      ('{STEP}', '{PARENT}', 'image-creator', 'generate', 'failed', 8, 0, NULL, NULL)) jobs;
    INSERT INTO jobs_artifact (job_id, user_id, name, kind, content_type, size, file)
    VALUES ('{DONE}', '{ALICE}', 'avatar.png', 'image', 'image/png', 100, 'a');
    INSERT INTO jobs_upload (id, user_id, kind, content_type, size, file)
    VALUES ('{STEP}', '{ALICE}', 'image', 'image/png', 50, 'b');
    SET CONSTRAINTS ALL IMMEDIATE;
"""

ACCOUNT = f"UPDATE credits_creditaccount SET {{}} WHERE user_id = '{ALICE}'"
LOT = "UPDATE credits_creditlot SET {} WHERE source = 'lives'"
JOB = "UPDATE jobs_job SET {} WHERE id = '{}'"

LEDGER = {
    "a balance is the sum of its ledger": ACCOUNT.format("balance = balance + 1"),
    "a balance is what its open lots hold": LOT.format("remaining = remaining - 1"),
    "no balance is negative": "ALTER TABLE credits_creditaccount DROP CONSTRAINT account_balance_not_negative;"
    + ACCOUNT.format("balance = -1"),
    "each ledger row goes on from the balance before it": f"""
        UPDATE credits_credittransaction SET balance_after = balance_after + 1 WHERE job_id = '{DONE}'""",
    "credits spent are charges of jobs less refunds": ACCOUNT.format("total_spent = total_spent - 5"),
    "credits earned are refills, bonuses and purchases": ACCOUNT.format("total_earned = total_earned + 100"),
    "a ledger row is split over lots without a rest": f"""
        DELETE FROM credits_creditsplit USING credits_credittransaction
        WHERE transaction_id = id AND job_id = '{DONE}'""",
    "a lot holds the sum of its splits": LOT.format("remaining = remaining - 1"),
    "a lot was granted what its splits say": LOT.format("granted = granted + 1"),
    "a ledger row moves lots of its own account": LOT.format(f"account_id = '{BOB}'"),
    "a lot that is closed is empty": "ALTER TABLE credits_creditlot DROP CONSTRAINT lot_closed_is_empty;"
    + LOT.format("closed_at = now()"),
    "a source grants once": """
        ALTER TABLE credits_creditlot DROP CONSTRAINT one_lot_a_source;
        UPDATE credits_creditlot SET source = 'lives' WHERE source = 'lapses'""",
    "one allowance is open at a time": f"""
        INSERT INTO credits_creditlot (account_id, kind, granted, remaining, source)
        VALUES ('{ALICE}', 'allowance', 0, 0, 'minted')""",
    "the sign of an amount fits its type": f"""
        ALTER TABLE credits_credittransaction DROP CONSTRAINT transaction_sign_fits_type;
        UPDATE credits_credittransaction SET type = 'expiry' WHERE job_id = '{FAILED}' AND type = 'refund'""",
    "a job is charged once and refunded once": f"""
        DROP INDEX one_deduction_a_job;
        UPDATE credits_credittransaction SET job_id = '{DONE}' WHERE job_id = '{FAILED}'""",
    "a refund lies within the charge of its job": f"""
        UPDATE credits_credittransaction SET amount = amount + 1 WHERE job_id = '{FAILED}' AND type = 'refund'""",
    "credits taken without a job have a reason": """
        UPDATE credits_credittransaction SET metadata = '{}' WHERE reference = 'ticket-7'""",
    "a period by the calendar is a whole number of months from its anchor": ACCOUNT.format(
        "next_reset_at = next_reset_at + interval '1 day'"
    ),
    "an account knows when it falls due": ACCOUNT.format("due_at = NULL"),
    "no account has been due for more than an hour": ACCOUNT.format("due_at = now() - interval '61 minutes'"),
    "the ledger refuses changes": "ALTER TABLE credits_creditsplit DISABLE TRIGGER append_only",
    "the ledger's checks stand": "ALTER TABLE credits_creditsplit DROP CONSTRAINT split_not_zero",
    "the ledger's unique indexes stand": "DROP INDEX one_refund_a_job",
}
USERS = {
    "every user has a profile": f"DELETE FROM accounts_profile WHERE user_id = '{BOB}'",
    "every user has a subscription": f"DELETE FROM billing_subscription WHERE user_id = '{BOB}'",
    "every user has a credit account": f"DELETE FROM credits_creditaccount WHERE user_id = '{BOB}'",
    "an allowance by the calendar is that of the plan": ACCOUNT.format("monthly_allowance = 1000"),
    "the database provides for new users": "ALTER TABLE accounts_user DISABLE TRIGGER provisioned",
}
JOBS = {
    "a job was charged its cost": JOB.format("cost = 11", DONE),
    "a step of an orchestrated job is not charged by itself": f"""
        UPDATE credits_credittransaction SET job_id = '{STEP}' WHERE job_id = '{DONE}'""",
    "a job shows as refunded what the ledger gave back": JOB.format("refunded = 7", FAILED),
    "a failed or canceled job was refunded in full": JOB.format("status = 'canceled'", DONE),
    "an orchestrated job that ended kept its base and what was delivered, or nothing when nothing was": JOB.format(
        "status = 'completed'", STEP
    ),
    "an orchestrated job holds no less than its base and all its steps": JOB.format("cost = 9", STEP),
    "what waits has something to wait for": JOB.format("status = 'queued', waiting = true, finished_at = NULL", PARENT),
    "a step runs only when what it depends on is delivered, and ends no later than its plan": JOB.format(
        f"status = 'completed', depends_on = ARRAY['{FAILED}'::uuid]", STEP
    ),
    "a completed job was refunded only by an operator, with a reason": JOB.format("status = 'completed'", FAILED),
    "an unfinished job was not refunded": JOB.format("status = 'queued', finished_at = NULL", FAILED),
    "no job has been without its worker for ten minutes": JOB.format(
        "status = 'running', finished_at = NULL, lease_until = now() - interval '11 minutes'", DONE
    ),
    "a completed job delivered something": f"DELETE FROM jobs_artifact WHERE job_id = '{DONE}'",
    "stored bytes are those of artifacts and uploads that are kept": "UPDATE jobs_storedbytes SET bytes = bytes + 1",
    "a person's use of a day is what their jobs of it came to": "UPDATE jobs_usageday SET returned = returned + 1",
    "the database sums up use": "ALTER TABLE jobs_job DISABLE TRIGGER usage_of_gone",
    "the database counts stored bytes": "ALTER TABLE jobs_upload DISABLE TRIGGER counted",
}
VIOLATIONS = LEDGER | USERS | JOBS
