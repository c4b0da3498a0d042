import type { Knex } from 'knex';
import { Backlog } from './RunMetrics';

/** Counts in the tables that tasks and timers are kept in. */
export class DatabaseBacklog implements Backlog {
  constructor(
    private readonly knex: Knex,
    /** ISO instant. */
    private readonly now: () => string,
  ) {}

  async openTasks(): Promise<number> {
    const [{ open }] = await this.knex
      .from(this.knex('task_inbox').distinct('run_id', 'step_id').as('tasks'))
      .count({ open: '*' });
    return Number(open);
  }

  async dueWork(): Promise<number> {
    const [{ due }] = await this.knex('timer')
      .where('due_at', '<=', this.now())
      .count({ due: '*' });
    return Number(due);
  }
}
