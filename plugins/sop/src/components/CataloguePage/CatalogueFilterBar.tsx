import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { useStatusWord } from '@handrail/plugin-sop-react';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { ReactNode, useEffect, useRef, useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { CatalogueFilters, FacetName, FACETS, useFacets } from './useCatalogue';

/** Props of {@link CatalogueFilterBar}. */
export interface CatalogueFilterBarProps {
  filters: CatalogueFilters;
  onChange(changes: CatalogueFilters, options?: { replace?: boolean }): void;
}

const NAMES = Object.keys(FACETS) as FacetName[];

/** Search and filters of the catalogue. */
export function CatalogueFilterBar(props: CatalogueFilterBarProps) {
  const { filters, onChange } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const word = useStatusWord();
  const facets = useFacets();
  const [text, setText] = useState(filters.q ?? '');
  const sent = useRef(filters.q ?? '');

  // Back and Forward change the filter from outside.
  useEffect(() => {
    const outside = filters.q ?? '';
    if (outside !== sent.current) {
      sent.current = outside;
      setText(outside);
    }
  }, [filters.q]);

  useEffect(() => {
    if (text === sent.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange({ q: text.trim() || undefined }, { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  const label = (name: FacetName, value: string): ReactNode => {
    if (name === 'owner' || name === 'system') {
      return <EntityDisplayName entityRef={value} disableTooltip />;
    }
    return name === 'lifecycle' ? word(value) : value;
  };

  const filtered = Object.values(filters).some(Boolean);
  return (
    <Box
      role="search"
      data-tour="sops.filters"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}
    >
      <TextField
        size="small"
        type="search"
        label={t('catalogue.search')}
        value={text}
        onChange={event => setText(event.target.value)}
        sx={{ flex: '1 1 240px' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" aria-hidden />
            </InputAdornment>
          ),
        }}
      />
      {NAMES.map(name => {
        const value = filters[name] ?? '';
        const values = facets.data?.[name] ?? [];
        const options =
          values.includes(value) || !value ? values : [value, ...values];
        return (
          <TextField
            key={name}
            select
            size="small"
            id={`sop-filter-${name}`}
            label={t(`catalogue.${name}`)}
            value={value}
            onChange={event =>
              onChange({ [name]: event.target.value || undefined })
            }
            sx={{ minWidth: 120, flex: '1 1 120px' }}
          >
            <MenuItem value="">{t('common.all')}</MenuItem>
            {options.map(option => (
              <MenuItem key={option} value={option}>
                {label(name, option)}
              </MenuItem>
            ))}
          </TextField>
        );
      })}
      {filtered && (
        <Button
          onClick={() =>
            onChange({
              q: undefined,
              type: undefined,
              lifecycle: undefined,
              owner: undefined,
              system: undefined,
              tag: undefined,
            })
          }
        >
          {t('catalogue.clear')}
        </Button>
      )}
    </Box>
  );
}
