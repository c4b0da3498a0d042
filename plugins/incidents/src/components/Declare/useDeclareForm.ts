import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeclareRequest } from '@handrail/plugin-incidents-common';
import { newCommandId } from '@handrail/plugin-sop-react';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { fromLocalField } from '../../lib/dates';
import type { DeclareRequestHint } from '../../lib/DeclareLauncher';
import { incidentsTranslationRef } from '../../translation';

/** What the form holds. */
export interface DeclareDraft {
  severity: string;
  /** Undefined until somebody types; the shown one follows the entity. */
  title?: string;
  entityRefs: string[];
  takeCommand: boolean;
  description: string;
  /** As the `datetime-local` field holds it. */
  startedAt: string;
  drill: boolean;
}

function nameOf(entityRef: string): string {
  try {
    return parseEntityRef(entityRef, { defaultNamespace: 'default' }).name;
  } catch {
    return entityRef;
  }
}

/**
 * The state of the form. One command id for as long as it is open, so that
 * whatever is clicked or retried, one incident comes of it.
 */
export function useDeclareForm(hint: DeclareRequestHint) {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const [commandId] = useState(newCommandId);
  const [openedAt] = useState(() => DateTime.now().toFormat('d LLL, HH:mm'));
  const [draft, setDraft] = useState<DeclareDraft>(() => ({
    severity: '',
    entityRefs: hint.entityRef ? [hint.entityRef] : [],
    takeCommand: false,
    description: '',
    startedAt: '',
    drill: false,
  }));
  const [first] = draft.entityRefs;
  const suggested = first
    ? t('declare.entityTitle', {
        name:
          first === hint.entityRef && hint.entityName
            ? hint.entityName
            : nameOf(first),
      })
    : t('declare.defaultTitle', { time: openedAt });
  const title = draft.title ?? suggested;
  const request: DeclareRequest = {
    commandId,
    title: title.trim(),
    severity: draft.severity,
    entityRefs: draft.entityRefs,
    takeCommand: draft.takeCommand,
    ...(draft.description.trim() && { description: draft.description.trim() }),
    ...(fromLocalField(draft.startedAt) && {
      impactStartedAt: fromLocalField(draft.startedAt),
    }),
    ...(draft.drill && { drill: true }),
  };
  return {
    draft,
    title,
    request,
    change: (changes: Partial<DeclareDraft>) =>
      setDraft(current => ({ ...current, ...changes })),
  };
}
