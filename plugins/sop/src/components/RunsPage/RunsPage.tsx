import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { RunSummary } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EmptyState,
  EntityPicker,
  PageBody,
  StatusIcon,
  usePageTitle,
  useSopLinks,
  useStatusWord,
  useUrlState,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { RunsTable } from '../RunsTable';

type RunStatus = RunSummary['status'];

const STATUSES: RunStatus[] = [
  'running',
  'held',
  'compensating',
  'completed',
  'failed',
  'cancelled',
  'compensated',
];

function isStatus(value: string): value is RunStatus {
  return (STATUSES as string[]).includes(value);
}

/** All runs with filters. */
export function RunsPage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const word = useStatusWord();
  const { params, set } = useUrlState();
  usePageTitle(t('runs.title'));

  const request = useMemo(
    () => ({
      status: params.getAll('status').filter(isStatus),
      sopRef: params.get('sop') ?? undefined,
      targetRef: params.get('target') ?? undefined,
      initiator: params.get('initiator') ?? undefined,
      limit: 25,
    }),
    [params],
  );
  const filtered =
    request.status.length > 0 ||
    Boolean(request.sopRef || request.targetRef || request.initiator);

  return (
    <BreadcrumbEntry entry={{ label: t('runs.title'), href: links.runs() }}>
      <PageBody>
        <Box
          role="search"
          data-tour="sops.runs"
          sx={{
            display: 'grid',
            gap: 1.5,
            mb: 2,
            gridTemplateColumns:
              'repeat(auto-fill, minmax(min(200px, 100%), 1fr))',
          }}
        >
          <TextField
            select
            size="small"
            id="sop-runs-status"
            label={t('runs.status')}
            SelectProps={{
              multiple: true,
              renderValue: value =>
                Array.isArray(value) ? value.map(word).join(', ') : '',
            }}
            value={request.status}
            onChange={event => {
              const { value } = event.target;
              set({ status: Array.isArray(value) ? value : [value] });
            }}
          >
            {STATUSES.map(status => (
              <MenuItem key={status} value={status}>
                <StatusIcon status={status} fontSize="small" sx={{ mr: 1 }} />
                {word(status)}
              </MenuItem>
            ))}
          </TextField>
          <EntityPicker
            id="sop-runs-procedure"
            label={t('runs.procedure')}
            query={{ kind: 'sop' }}
            value={request.sopRef}
            onChange={sop => set({ sop })}
          />
          <EntityPicker
            id="sop-runs-target"
            label={t('runs.target')}
            query={{
              $not: { kind: { $in: ['sop', 'user', 'group', 'location'] } },
            }}
            value={request.targetRef}
            onChange={target => set({ target })}
          />
          <EntityPicker
            id="sop-runs-initiator"
            label={t('runs.initiator')}
            query={{ kind: 'user' }}
            value={request.initiator}
            onChange={initiator => set({ initiator })}
          />
          {filtered && (
            <Button
              sx={{ justifySelf: 'start' }}
              onClick={() =>
                set({
                  status: undefined,
                  sop: undefined,
                  target: undefined,
                  initiator: undefined,
                })
              }
            >
              {t('catalogue.clear')}
            </Button>
          )}
        </Box>
        <RunsTable
          request={request}
          empty={
            filtered ? (
              <EmptyState title={t('runs.noMatchTitle')}>
                {t('catalogue.noMatch')}
              </EmptyState>
            ) : (
              <EmptyState
                title={t('runs.emptyTitle')}
                action={
                  <AppLink to={links.catalogue()}>
                    {t('runs.toCatalogue')}
                  </AppLink>
                }
              >
                {t('runs.empty')}
              </EmptyState>
            )
          }
        />
      </PageBody>
    </BreadcrumbEntry>
  );
}
