import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useErrorMessage } from '@handrail/plugin-sop-react';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { incidentsTranslationRef } from '../../translation';
import { EntityOption, useEntityOptions } from './useEntityOptions';

/** Props of {@link RefPicker}. */
export interface RefPickerProps {
  label: string;
  /** Entity refs. */
  value: readonly string[];
  onChange(entityRefs: string[]): void;
  /** Kinds that may be chosen, in lower case. */
  kinds: readonly string[];
  multiple?: boolean;
  required?: boolean;
  error?: boolean;
  helperText?: string;
  id?: string;
}

/** Chooses one entity or several; the catalog searches on the server. */
export function RefPicker(props: RefPickerProps) {
  const { label, value, onChange, kinds, multiple = false } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const errorMessage = useErrorMessage();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const { found, selected, searching, error } = useEntityOptions({
    kinds,
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
      size="small"
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
