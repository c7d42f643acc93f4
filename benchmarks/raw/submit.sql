\set number random(1, :people)
WITH taken AS (
  UPDATE raw_account SET balance = balance - 8
  WHERE user_id = ('00000000-0000-7000-8000-' || lpad(:number::text, 12, '0'))::uuid AND balance >= 8
  RETURNING user_id, balance
), job AS (
  INSERT INTO raw_job (id, user_id, agent_id, operation, status, input, cost)
  SELECT uuidv7(), user_id, 'image-creator', 'generate', 'queued', '{"prompt": "a lighthouse at dusk"}', 8 FROM taken
  RETURNING id)
INSERT INTO raw_ledger (account_id, amount, balance_after, type, description, job_id)
SELECT user_id, -8, balance, 'deduction', 'Image Creator: generate', job.id FROM taken, job RETURNING balance_after;
