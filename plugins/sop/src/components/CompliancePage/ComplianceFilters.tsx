import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ComplianceRow } from '@handrail/plugin-sop-common';
import { EntityPicker, UrlValues } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { sopTranslationRef } from '../../translation';

export const STATES: ComplianceRow['state'][] = [
  'missing',
  'overdue',
  'due-soon',
  'met',
];

/** What the list shows; the URL holds it. */
export function ComplianceFilters(props: {
  state: ComplianceRow['state'][];
  sop?: string;
  owner?: string;
  set(changes: UrlValues): void;
}) {
  const { state, sop, owner, set } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box
      role="search"
      sx={{
        display: 'grid',
        gap: 1.5,
        mb: 2,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(200px, 100%), 1fr))',
      }}
    >
      <TextField
        select
        size="small"
        id="sop-compliance-state"
        label={t('compliance.state')}
        SelectProps={{
          multiple: true,
          renderValue: value =>
            (value as ComplianceRow['state'][])
              .map(one => t(`compliance.${one}`))
              .join(', '),
        }}
        value={state}
        onChange={event => {
          const { value } = event.target;
          set({ state: Array.isArray(value) ? value : [value] });
        }}
      >
        {STATES.map(one => (
          <MenuItem key={one} value={one}>
            {t(`compliance.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      <EntityPicker
        id="sop-compliance-procedure"
        label={t('compliance.procedure')}
        query={{ kind: 'sop' }}
        value={sop}
        onChange={value => set({ sop: value })}
      />
      <EntityPicker
        id="sop-compliance-owner"
        label={t('compliance.owner')}
        query={{ kind: 'group' }}
        value={owner}
        onChange={value => set({ owner: value })}
      />
      {(state.length > 0 || sop || owner) && (
        <Button
          sx={{ justifySelf: 'start' }}
          onClick={() =>
            set({ state: undefined, sop: undefined, owner: undefined })
          }
        >
          {t('catalogue.clear')}
        </Button>
      )}
    </Box>
  );
}
