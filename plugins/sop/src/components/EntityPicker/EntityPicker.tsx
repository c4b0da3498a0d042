import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { useErrorMessage, useSopQueryClient } from '@handrail/plugin-sop-react';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { sopTranslationRef } from '../../translation';

/** Props of {@link EntityPicker}. */
export interface EntityPickerProps {
  label: string;
  /** Entity ref. */
  value?: string;
  onChange(entityRef: string | undefined): void;
  /** Which entities may be chosen. */
  query?: FilterPredicate;
  required?: boolean;
  error?: boolean;
  helperText?: string;
  size?: 'small' | 'medium';
  id?: string;
}

interface Option {
  ref: string;
  title: string;
  detail: string;
}

/** How many matches are offered at once. */
const LIMIT = 20;
const FIELDS = ['kind', 'metadata', 'spec.profile.displayName'];

function toOption(entity: Entity): Option {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    title:
      profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
    detail: humanizeEntityRef(entity),
  };
}

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Chooses an entity; the catalog searches on the server. */
export function EntityPicker(props: EntityPickerProps) {
  const { label, value, onChange, query, required, error, helperText } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSopQueryClient();
  const errorMessage = useErrorMessage();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const term = useDebounced(text);

  const chosen = useQuery(
    {
      queryKey: ['sop', 'entity', value],
      queryFn: async () => (await catalogApi.getEntityByRef(value!)) ?? null,
      enabled: Boolean(value),
      staleTime: 60_000,
    },
    client,
  );
  const search = useQuery(
    {
      queryKey: ['sop', 'pick', query, term],
      queryFn: () =>
        catalogApi.queryEntities({
          query,
          limit: LIMIT,
          fields: FIELDS,
          fullTextFilter: term
            ? {
                term,
                fields: [
                  'metadata.name',
                  'metadata.title',
                  'spec.profile.displayName',
                ],
              }
            : undefined,
          orderFields: { field: 'metadata.name', order: 'asc' },
        }),
      enabled: open,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    },
    client,
  );

  let selected: Option | null = null;
  if (value) {
    selected = chosen.data
      ? toOption(chosen.data)
      : { ref: value, title: humanizeEntityRef(safeRef(value)), detail: value };
  }
  const failed = search.error
    ? t('picker.failed', { message: errorMessage(search.error) })
    : undefined;

  return (
    <Autocomplete<Option>
      id={props.id}
      size={props.size ?? 'small'}
      options={(search.data?.items ?? []).map(toOption)}
      value={selected}
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      onChange={(_event, option) => onChange(option?.ref)}
      onInputChange={(_event, input, reason) =>
        setText(reason === 'input' ? input : '')
      }
      filterOptions={options => options}
      getOptionLabel={option => option.title}
      isOptionEqualToValue={(a, b) => a.ref === b.ref}
      loading={search.isFetching}
      loadingText={t('picker.searching')}
      noOptionsText={t('picker.noMatch')}
      clearText={t('picker.cleared')}
      renderOption={(optionProps, option) => (
        <Box component="li" {...optionProps} key={option.ref}>
          <div>
            <Typography component="div">{option.title}</Typography>
            <Typography component="div" variant="body2" color="text.secondary">
              {option.detail}
            </Typography>
          </div>
        </Box>
      )}
      renderInput={params => (
        <TextField
          {...params}
          label={label}
          required={required}
          error={error || Boolean(failed)}
          helperText={failed ?? helperText}
        />
      )}
    />
  );
}

/** A hand-typed ref in a URL must not take the page down. */
function safeRef(ref: string): {
  kind: string;
  namespace: string;
  name: string;
} {
  const match = /^([^:]+):([^/]+)\/(.+)$/.exec(ref);
  return match
    ? { kind: match[1], namespace: match[2], name: match[3] }
    : { kind: 'component', namespace: 'default', name: ref };
}
