import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityPicker } from '@handrail/plugin-sop-react';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect, useState } from 'react';
import { usePolicy } from '../../hooks';
import { incidentsTranslationRef } from '../../translation';
import { INCIDENT_STATUSES } from '../Chips';
import { AFFECTED, OWNERS } from '../../lib/kinds';
import { useFilters } from './useFilters';

/** Milliseconds after the last key until the list follows. */
const SETTLE = 300;

/** The filters of the list; the URL carries them. */
export function FilterBar(props: ReturnType<typeof useFilters>) {
  const { filters, filtered, set, clear } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const policy = usePolicy();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(filters.q);
  useEffect(() => setText(filters.q), [filters.q]);
  useEffect(() => {
    if (text === filters.q) {
      return undefined;
    }
    const timer = setTimeout(() => set({ q: text }, { replace: true }), SETTLE);
    return () => clearTimeout(timer);
  }, [text, filters.q, set]);
  const choice = (
    name: 'status' | 'severity',
    options: readonly string[],
    word: (option: string) => string,
  ) => (
    <TextField
      select
      size="small"
      id={`incidents-${name}`}
      label={t(`list.${name}`)}
      SelectProps={{
        multiple: true,
        renderValue: value =>
          Array.isArray(value) ? value.map(word).join(', ') : '',
      }}
      value={filters[name]}
      onChange={event => set({ [name]: [event.target.value].flat() })}
    >
      {options.map(option => (
        <MenuItem key={option} value={option}>
          {word(option)}
        </MenuItem>
      ))}
    </TextField>
  );
  const severities = policy.data?.severities ?? [];
  const fields = (
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
        size="small"
        type="search"
        id="incidents-text"
        label={t('list.text')}
        value={text}
        onChange={event => setText(event.target.value)}
        inputProps={{ maxLength: 200 }}
      />
      {choice('status', INCIDENT_STATUSES, status => {
        const known = INCIDENT_STATUSES.find(one => one === status);
        return known ? t(`status.${known}`) : status;
      })}
      {choice(
        'severity',
        // One that is in the URL stays shown while the policy loads.
        [...new Set([...severities.map(one => one.id), ...filters.severity])],
        id => {
          const known = severities.find(one => one.id === id);
          return known ? `${known.id} ${known.title}` : id;
        },
      )}
      <EntityPicker
        id="incidents-entity"
        label={t('list.affects')}
        query={AFFECTED}
        value={filters.entity}
        onChange={entity => set({ entity })}
      />
      <EntityPicker
        id="incidents-owner"
        label={t('list.owner')}
        query={OWNERS}
        value={filters.owner}
        onChange={owner => set({ owner })}
      />
      {filtered && (
        <Button sx={{ justifySelf: 'start' }} onClick={clear}>
          {t('common.clear')}
        </Button>
      )}
    </Box>
  );
  // On a phone the incidents come first; filters that are on stay in view.
  return narrow ? (
    <Accordion
      disableGutters
      variant="outlined"
      expanded={open || filtered}
      onChange={(_event, next) => setOpen(next)}
      sx={{ mb: 2 }}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id="incidents-filter-summary"
        aria-controls="incidents-filter"
      >
        {t('list.filter')}
      </AccordionSummary>
      <AccordionDetails>{fields}</AccordionDetails>
    </Accordion>
  ) : (
    fields
  );
}
