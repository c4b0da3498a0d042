import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntitiesPicker,
  EntityPicker,
  useFocusOnMount,
} from '@handrail/plugin-sop-react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField, { TextFieldProps } from '@mui/material/TextField';
import Box from '@mui/material/Box';
import { usePolicy } from '../../hooks';
import { AFFECTED, ofKinds, OWNERS } from '../../lib/kinds';
import { incidentsTranslationRef } from '../../translation';
import { SeverityField } from '../Declare/SeverityField';
import type { FieldSpec } from './forms';

/** Props of {@link CommandField}. */
export interface CommandFieldProps {
  field: FieldSpec;
  value: readonly string[];
  onChange(value: string[]): void;
  /** It is needed and empty. */
  missing: boolean;
  /** The one that takes the focus when the form opens. */
  first: boolean;
}

const CHOICES = {
  person: ofKinds(['user']),
  owner: OWNERS,
  procedure: ofKinds(['sop']),
};

const TYPES = { instant: 'datetime-local', date: 'date' } as const;

/** One field of a command's form. */
export function CommandField(props: CommandFieldProps) {
  const { field, value, onChange, missing, first } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const policy = usePolicy();
  const input = useFocusOnMount<HTMLInputElement>(first);
  const [text = ''] = value;
  const label = t(`field.${field.label ?? field.name}`);
  const complaint = missing ? t('field.missing') : undefined;
  const common: TextFieldProps = {
    label,
    required: field.required,
    fullWidth: true,
    inputRef: input,
    size: 'small',
    value: text,
    onChange: event => onChange([event.target.value]),
    error: missing,
    helperText: complaint,
    sx: { mb: 2 },
  };
  switch (field.kind) {
    case 'severity':
      return (
        <SeverityField
          label={label}
          severities={policy.data?.severities ?? []}
          value={text}
          onChange={next => onChange([next])}
          error={complaint}
        />
      );
    case 'audience':
      return (
        <TextField {...common} select>
          <MenuItem value="internal">{t('updates.internal')}</MenuItem>
          <MenuItem value="customers">{t('updates.customers')}</MenuItem>
        </TextField>
      );
    case 'checkbox':
      return (
        <FormControlLabel
          label={label}
          control={
            <Checkbox
              checked={text === 'yes'}
              onChange={(_event, checked) => onChange(checked ? ['yes'] : [])}
            />
          }
        />
      );
    case 'entities':
      return (
        <Box sx={{ mb: 2, mt: 0.5 }}>
          <EntitiesPicker
            label={label}
            query={AFFECTED}
            required={field.required}
            value={value}
            onChange={onChange}
            error={missing}
            helperText={complaint}
          />
        </Box>
      );
    case 'person':
    case 'owner':
    case 'procedure':
      return (
        <Box sx={{ mb: 2, mt: 0.5 }}>
          <EntityPicker
            label={label}
            query={CHOICES[field.kind]}
            required={field.required}
            value={text || undefined}
            onChange={ref => onChange(ref ? [ref] : [])}
            error={missing}
            helperText={complaint}
          />
        </Box>
      );
    case 'instant':
    case 'date':
      return (
        <TextField
          {...common}
          type={TYPES[field.kind]}
          InputLabelProps={{ shrink: true }}
        />
      );
    default:
      return (
        <TextField
          {...common}
          multiline={field.kind === 'text'}
          minRows={field.kind === 'text' ? 2 : undefined}
          helperText={
            complaint ??
            (field.name === 'into' ? t('field.intoHelp') : undefined)
          }
          inputProps={{
            maxLength:
              field.kind === 'text'
                ? policy.data?.limits.text
                : policy.data?.limits.title,
          }}
        />
      );
  }
}
