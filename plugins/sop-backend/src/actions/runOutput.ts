import { RunView } from '@handrail/plugin-sop-common';
import type { z as Zod } from 'zod/v3';

/** Schema of what actions tell about a run. */
export function runOutputSchema(z: typeof Zod) {
  return z.object({
    runId: z.string(),
    sopRef: z.string(),
    title: z.string(),
    mode: z.string().optional().describe('`rehearsal`: it counts nowhere'),
    status: z.string(),
    headline: z.string().describe('One sentence on where the run stands'),
    targetRef: z.string().optional(),
    initiator: z.string(),
    done: z.number().describe('Steps that are over'),
    total: z.number(),
    version: z.number().describe('Number of the last event'),
    steps: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        name: z.string(),
        status: z.string(),
        version: z.number().describe('Pass it on as taskVersion'),
        instructions: z.string().optional(),
        canAct: z.boolean().optional().describe('For an open task: may I'),
        whyNot: z.string().optional(),
        evidence: z
          .array(z.unknown())
          .optional()
          .describe('Fields it asks for'),
        error: z.string().optional(),
      }),
    ),
  });
}

/** A run in the form of {@link runOutputSchema}. */
export function toRunOutput(view: RunView) {
  return {
    runId: view.runId,
    sopRef: view.sopRef,
    title: view.title,
    mode: view.mode,
    status: view.status,
    headline: view.headline,
    targetRef: view.targetRef,
    initiator: view.initiator,
    done: view.done,
    total: view.total,
    version: view.version,
    steps: view.steps.map(step => ({
      id: step.id,
      type: step.type,
      name: step.name,
      status: step.status,
      version: step.version,
      instructions: step.instructions,
      canAct: step.act?.allowed,
      whyNot: step.act?.reason,
      evidence: step.act ? step.evidenceFields : undefined,
      error: step.error?.message,
    })),
  };
}
