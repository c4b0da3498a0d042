import type {
  IncidentView,
  ReviewView,
} from '@handrail/plugin-incidents-common';
import { errorDetails, useDraft } from '@handrail/plugin-sop-react';
import { useRef } from 'react';
import { useIncidentCommand } from '../../hooks';

/** The texts of a review, in the order in which they are written. */
export const REVIEW_FIELDS = [
  'summary',
  'causes',
  'wentWell',
  'wentWrong',
] as const;

/** A text of a review. */
export type ReviewField = (typeof REVIEW_FIELDS)[number];

interface Draft {
  /** Only what was typed. */
  texts: Partial<Pick<ReviewView, ReviewField>>;
  /** Version of the incident that the writer saw. */
  base: number;
}

/**
 * The review as it is being written: kept in this browser tab until it is
 * saved, and only what was changed is sent.
 */
export function useReviewForm(incident: IncidentView) {
  const { review, version } = incident;
  const { mutate, isPending, isSuccess, error, reset } =
    useIncidentCommand(incident);
  const [draft, setDraft, forget] = useDraft<Draft>(
    `incidents:${incident.incidentId}:review`,
    { texts: {}, base: version },
  );
  const seen = useRef(0);
  const texts = { ...review, ...draft.texts };
  const changed = REVIEW_FIELDS.filter(field => texts[field] !== review[field]);
  return {
    texts,
    dirty: changed.length > 0,
    isPending,
    saved: isSuccess && changed.length === 0,
    error,
    type: (field: ReviewField, text: string) => {
      if (isSuccess) {
        reset();
      }
      setDraft({
        texts: { ...draft.texts, [field]: text },
        base: changed.length > 0 ? draft.base : version,
      });
    },
    save: () => {
      if (isPending || changed.length === 0) {
        return;
      }
      mutate(
        {
          command: {
            type: 'edit-review',
            review: Object.fromEntries(
              changed.map(field => [field, texts[field]]),
            ),
          },
          expectedVersion: Math.max(draft.base, seen.current),
        },
        {
          onSuccess: view => {
            setDraft({ texts: {}, base: view.version });
            forget();
          },
          onError: failure => {
            const shown = errorDetails(failure).changes.map(one => one.seq);
            seen.current = Math.max(seen.current, ...shown);
          },
        },
      );
    },
  };
}
