import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import type { SloPage, SloStatus } from '@handrail/plugin-slo-common';
import { StatusIcon, useStatusWord } from '@handrail/plugin-sop-react';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import { useEffect, useRef, useState } from 'react';
import { useSloOwners } from '../../hooks';
import { sloTranslationRef } from '../../translation';
import { SloFilters, STATUSES } from './filters';

/** Props of {@link SloFilterBar}. */
export interface SloFilterBarProps {
  filters: SloFilters;
  /** How many SLOs there are in each state; undefined until known. */
  totals?: SloPage['totals'];
  onChange(changes: Partial<SloFilters>, options?: { replace?: boolean }): void;
}

/** Search, owner, and how many SLOs are in which state. */
export function SloFilterBar(props: SloFilterBarProps) {
  const { filters, totals, onChange } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const owners = useSloOwners();
  const owner = filters.owner ?? '';
  const options =
    owners.includes(owner) || !owner ? owners : [owner, ...owners];
  const filtered = Boolean(filters.q || owner || filters.status.length);
  return (
    <Box role="search" data-tour="slos.filters" sx={{ mb: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 1.5 }}>
        <SearchField
          value={filters.q ?? ''}
          onChange={q => onChange({ q }, { replace: true })}
        />
        <TextField
          select
          size="small"
          id="slo-filter-owner"
          label={t('list.owner')}
          value={owner}
          onChange={event =>
            onChange({ owner: event.target.value || undefined })
          }
          sx={{ minWidth: 160, flex: '0 1 220px' }}
        >
          <MenuItem value="">{t('common.all')}</MenuItem>
          {options.map(option => (
            <MenuItem key={option} value={option}>
              <EntityDisplayName entityRef={option} disableTooltip />
            </MenuItem>
          ))}
        </TextField>
        {filtered && (
          <Button
            onClick={() =>
              onChange({ q: undefined, owner: undefined, status: [] })
            }
          >
            {t('common.clear')}
          </Button>
        )}
      </Box>
      <StatusTotals
        totals={totals}
        chosen={filters.status}
        onChange={status => onChange({ status })}
      />
    </Box>
  );
}

function SearchField(props: {
  value: string;
  onChange(value: string | undefined): void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const [text, setText] = useState(value);
  const sent = useRef(value);

  // Back and Forward change the filter from outside.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    if (text.trim() === sent.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange(text.trim() || undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  return (
    <TextField
      size="small"
      type="search"
      label={t('list.search')}
      value={text}
      onChange={event => setText(event.target.value)}
      inputProps={{ maxLength: 200 }}
      sx={{ flex: '1 1 240px' }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" aria-hidden />
          </InputAdornment>
        ),
      }}
    />
  );
}

function StatusTotals(props: {
  totals?: SloPage['totals'];
  chosen: readonly SloStatus[];
  onChange(status: SloStatus[]): void;
}) {
  const { totals, chosen, onChange } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const word = useStatusWord();
  return (
    <Box
      role="group"
      aria-label={t('list.totals')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {STATUSES.map(status => {
        const selected = chosen.includes(status);
        return (
          <ToggleButton
            key={status}
            size="small"
            value={status}
            selected={selected}
            onChange={() =>
              onChange(
                selected
                  ? chosen.filter(one => one !== status)
                  : [...chosen, status],
              )
            }
            sx={{
              gap: 0.75,
              py: 0.25,
              px: 1.25,
              color: 'text.primary',
              textTransform: 'none',
              fontVariantNumeric: 'tabular-nums',
            }}
          >
            <StatusIcon status={status} fontSize="small" />
            <span>
              {word(status)}{' '}
              <strong>{totals ? totals[status] : t('common.none')}</strong>
            </span>
          </ToggleButton>
        );
      })}
    </Box>
  );
}
