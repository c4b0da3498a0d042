import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SeverityView } from '@handrail/plugin-incidents-common';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { incidentsTranslationRef } from '../../translation';

/** Props of {@link SeverityField}. */
export interface SeverityFieldProps {
  severities: readonly SeverityView[];
  value: string;
  onChange(severity: string): void;
  /** Said below the field. */
  error?: string;
  label?: string;
}

/** The severities with what they mean and bring, the gravest first. */
export function SeverityField(props: SeverityFieldProps) {
  const { severities, value, onChange, error, label } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const labelId = useId();
  const errorId = useId();
  return (
    <FormControl fullWidth error={Boolean(error)} required sx={{ mb: 2 }}>
      <FormLabel id={labelId} sx={{ mb: 0.5 }}>
        {label ?? t('declare.severity')}
      </FormLabel>
      <RadioGroup
        name="severity"
        value={value}
        onChange={(_event, next) => onChange(next)}
        aria-labelledby={labelId}
        aria-describedby={error ? errorId : undefined}
      >
        {severities.map(severity => (
          <FormControlLabel
            key={severity.id}
            value={severity.id}
            control={<Radio sx={{ alignSelf: 'flex-start' }} />}
            sx={{
              m: 0,
              mb: 0.5,
              pr: 1,
              py: 0.25,
              border: 1,
              borderRadius: 1,
              borderColor:
                severity.id === value ? 'primary.main' : 'transparent',
            }}
            label={
              <Box sx={{ py: 0.5 }}>
                <Typography
                  component="span"
                  sx={{ fontWeight: 'fontWeightBold' }}
                >
                  {severity.id} {severity.title}
                </Typography>{' '}
                <Typography component="span">{severity.definition}</Typography>
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                  sx={{ display: 'block' }}
                >
                  {severity.response}
                </Typography>
              </Box>
            }
          />
        ))}
      </RadioGroup>
      {error && <FormHelperText id={errorId}>{error}</FormHelperText>}
    </FormControl>
  );
}
