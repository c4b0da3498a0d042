import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EvidenceFieldView } from '@handrail/plugin-sop-common';
import { EntityPicker } from '@handrail/plugin-sop-react';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField, { TextFieldProps } from '@mui/material/TextField';
import { DEFAULT_MAX_LENGTH } from '../../lib/evidence';
import { sopTranslationRef } from '../../translation';

/** Props of {@link EvidenceField}. */
export interface EvidenceFieldProps {
  id: string;
  field: EvidenceFieldView;
  value: string | boolean | undefined;
  /** Why the value is not acceptable. */
  message?: string;
  onChange(value: string | boolean | undefined): void;
}

/** Above this share of the limit the reader sees how much is left. */
const SHOW_COUNT_FROM = 0.8;

/** An attestation: one box to tick, or a question with yes and no. */
function BooleanField(props: EvidenceFieldProps & { label: string }) {
  const { id, field, value, message, onChange, label } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const help = message ?? field.description;
  const helpId = `${id}-help`;
  if (field.mustBeTrue) {
    return (
      <FormControl error={Boolean(message)} required>
        <FormControlLabel
          label={label}
          control={
            <Checkbox
              id={id}
              required
              checked={value === true}
              onChange={(_event, checked) => onChange(checked)}
              inputProps={{ 'aria-describedby': help ? helpId : undefined }}
            />
          }
        />
        {help && <FormHelperText id={helpId}>{help}</FormHelperText>}
      </FormControl>
    );
  }
  return (
    <FormControl error={Boolean(message)} required={field.required}>
      <FormLabel id={`${id}-label`}>{label}</FormLabel>
      <RadioGroup
        row
        id={id}
        aria-labelledby={`${id}-label`}
        aria-describedby={help ? helpId : undefined}
        value={value === undefined ? '' : String(value)}
        onChange={event => onChange(event.target.value === 'true')}
      >
        <FormControlLabel
          value="true"
          control={<Radio />}
          label={t('evidence.yes')}
        />
        <FormControlLabel
          value="false"
          control={<Radio />}
          label={t('evidence.no')}
        />
      </RadioGroup>
      {help && <FormHelperText id={helpId}>{help}</FormHelperText>}
    </FormControl>
  );
}

function kindProps(field: EvidenceFieldView): Partial<TextFieldProps> {
  switch (field.kind) {
    case 'number':
      return {
        // A plain text box: number boxes change on scroll and drop bad input.
        inputProps: { inputMode: field.integer ? 'numeric' : 'decimal' },
        InputProps: field.unit
          ? {
              endAdornment: (
                <InputAdornment position="end">{field.unit}</InputAdornment>
              ),
            }
          : undefined,
        sx: { maxWidth: 280 },
      };
    case 'url':
      return {
        type: 'url',
        placeholder: 'https://',
        inputProps: { inputMode: 'url' },
      };
    case 'text':
      return field.multiline
        ? {
            multiline: true,
            minRows: 4,
            maxRows: 20,
            inputProps: { spellCheck: false, wrap: 'off' },
            InputProps: { sx: { fontFamily: 'monospace' } },
          }
        : {};
    default:
      return {};
  }
}

/** One piece of evidence in the control that suits its kind. */
export function EvidenceField(props: EvidenceFieldProps) {
  const { id, field, value, message, onChange } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const label = field.name ?? field.id;
  if (field.kind === 'boolean') {
    return <BooleanField {...props} label={label} />;
  }
  const text = typeof value === 'string' ? value : '';
  if (field.kind === 'entity') {
    return (
      <EntityPicker
        id={id}
        label={label}
        size="medium"
        required={field.required}
        value={text || undefined}
        onChange={onChange}
        error={Boolean(message)}
        helperText={message ?? field.description}
      />
    );
  }
  const limit = field.maxLength ?? DEFAULT_MAX_LENGTH;
  const count =
    field.kind === 'text' && text.length > limit * SHOW_COUNT_FROM
      ? t('evidence.chars', {
          length: String(text.length),
          limit: String(limit),
        })
      : undefined;
  return (
    <TextField
      id={id}
      label={label}
      fullWidth
      required={field.required}
      value={text}
      onChange={event => onChange(event.target.value)}
      error={Boolean(message)}
      helperText={
        [message ?? field.description, count].filter(Boolean).join(' · ') ||
        undefined
      }
      select={field.kind === 'choice'}
      {...kindProps(field)}
    >
      {field.kind === 'choice'
        ? (field.options ?? []).map(option => (
            <MenuItem key={option} value={option}>
              {option}
            </MenuItem>
          ))
        : undefined}
    </TextField>
  );
}
