import type { FilterPredicate } from '@backstage/filter-predicates';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SopSpec } from '@handrail/plugin-sop-common';
import { EntityPicker } from '@handrail/plugin-sop-react';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** Props of {@link TargetField}. */
export interface TargetFieldProps {
  spec: Partial<SopSpec>;
  value?: string;
  onChange(targetRef: string | undefined): void;
  error?: string;
}

/** Chooses among the entities that the procedure governs. */
export function TargetField(props: TargetFieldProps) {
  const { spec, value, onChange, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <div>
      <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
        {t('start.target')}
      </Typography>
      <EntityPicker
        id="sop-start-target"
        label={t('runs.target')}
        size="medium"
        required
        // The catalog validated the predicate when the procedure was registered.
        query={spec.appliesTo as FilterPredicate}
        value={value}
        onChange={onChange}
        error={Boolean(error)}
        helperText={error ?? t('start.targetHelp')}
      />
    </div>
  );
}
