import type { FilterPredicate } from '@backstage/filter-predicates';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { sopReactTranslationRef } from '../../translation';
import { useErrorMessage } from '../ErrorState';
import { EntityOption, useEntityOptions } from './useEntityOptions';

/** What the pickers of entities have in common. @public */
export interface CommonEntityPickerProps {
  label: string;
  /** Which entities may be chosen; all when absent. */
  query?: FilterPredicate;
  required?: boolean;
  error?: boolean;
  helperText?: string;
  size?: 'small' | 'medium';
  id?: string;
}

/** Props of {@link EntityPicker}. @public */
export interface EntityPickerProps extends CommonEntityPickerProps {
  /** Entity ref. */
  value?: string;
  onChange(entityRef: string | undefined): void;
}

/** Props of {@link EntitiesPicker}. @public */
export interface EntitiesPickerProps extends CommonEntityPickerProps {
  /** Entity refs. */
  value: readonly string[];
  onChange(entityRefs: string[]): void;
}

function Picker(props: EntitiesPickerProps & { multiple: boolean }) {
  const { label, value, onChange, query, multiple } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const errorMessage = useErrorMessage();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const { found, selected, searching, error } = useEntityOptions({
    query,
    chosen: value,
    text,
    enabled: open,
  });
  const failed = error
    ? t('picker.failed', { message: errorMessage(error) })
    : undefined;
  return (
    <Autocomplete<EntityOption, boolean>
      id={props.id}
      size={props.size ?? 'small'}
      multiple={multiple}
      options={found}
      value={multiple ? selected : selected[0] ?? null}
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      onChange={(_event, next) =>
        onChange([next ?? []].flat().map(option => option.ref))
      }
      onInputChange={(_event, input, reason) =>
        setText(reason === 'input' ? input : '')
      }
      filterOptions={options => options}
      getOptionLabel={option => option.title}
      isOptionEqualToValue={(a, b) => a.ref === b.ref}
      loading={searching}
      loadingText={t('picker.searching')}
      noOptionsText={t('picker.noMatch')}
      clearText={t('picker.clear')}
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
          required={props.required}
          error={props.error || Boolean(failed)}
          helperText={failed ?? props.helperText}
        />
      )}
    />
  );
}

/** Chooses an entity; the catalog searches on the server. @public */
export function EntityPicker(props: EntityPickerProps) {
  const { value, onChange, ...common } = props;
  const chosen = useMemo(() => (value ? [value] : []), [value]);
  return (
    <Picker
      {...common}
      multiple={false}
      value={chosen}
      onChange={([ref]) => onChange(ref)}
    />
  );
}

/** Chooses several entities; the catalog searches on the server. @public */
export function EntitiesPicker(props: EntitiesPickerProps) {
  return <Picker {...props} multiple />;
}
