\set number random(1, :people)
WITH taken AS (
  UPDATE raw_account SET balance = balance - 1
  WHERE user_id = ('00000000-0000-7000-8000-' || lpad(:number::text, 12, '0'))::uuid AND balance >= 1
  RETURNING user_id, balance)
INSERT INTO raw_ledger (account_id, amount, balance_after, type, description, job_id)
SELECT user_id, -1, balance, 'deduction', 'Chat: message', uuidv7() FROM taken RETURNING balance_after;
