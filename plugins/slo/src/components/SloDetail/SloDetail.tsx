import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloView } from '@handrail/plugin-slo-common';
import {
  StatusIcon,
  useStatusWord,
  useUrlState,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { sloTranslationRef } from '../../translation';
import { BurnDown } from '../BurnDown';
import { About } from './About';
import { BurnRates } from './BurnRates';
import { Figures } from './Figures';
import { RulesPanel } from './RulesPanel';
import { SloHeader } from './SloHeader';
import { SourceNotice } from './SourceNotice';
import { Warnings } from './Warnings';

/** Props of {@link SloDetail}. */
export interface SloDetailProps {
  slo: SloView;
  /** Level of its title; a page of its own has the first. */
  heading: 'h1' | 'h2';
}

/** Everything about one SLO; the answer comes first. */
export function SloDetail({ slo, heading }: SloDetailProps) {
  const { params, set } = useUrlState();
  const wanted = params.get('objective');
  const objective =
    slo.objectives.find(({ name }) => name === wanted) ??
    slo.objectives.find(({ name }) => name === slo.objective) ??
    slo.objectives[0];
  // Without a current evaluation the state of its objectives is not known either.
  const status =
    slo.status === 'unknown' ? 'unknown' : objective?.status ?? slo.status;
  return (
    <>
      <SloHeader slo={slo} heading={heading} />
      <SourceNotice data={slo.data} />
      {slo.objectives.length > 1 && (
        <ObjectiveChoice
          slo={slo}
          chosen={objective?.name}
          onChange={name => set({ objective: name }, { replace: true })}
        />
      )}
      <Figures
        figures={objective?.figures ?? slo.figures}
        status={status}
        window={slo.window}
        slices={slo.budgetingMethod === 'Timeslices'}
      />
      <Warnings problems={slo.warnings} />
      {objective && (
        <BurnDown
          slo={slo}
          objective={objective.name}
          evaluatedAt={slo.data.evaluatedAt}
        />
      )}
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '& > *': { minWidth: 0 } }}>
        {objective && <BurnRates objective={objective} />}
        <About slo={slo} objective={objective} />
      </Box>
      <RulesPanel slo={slo} />
    </>
  );
}

function ObjectiveChoice(props: {
  slo: SloView;
  chosen?: string;
  onChange(name: string): void;
}) {
  const { slo, chosen, onChange } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const word = useStatusWord();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={t('slo.objectives')}
      value={chosen}
      onChange={(_event, name: string | null) => name && onChange(name)}
      sx={{ mb: 2, flexWrap: 'wrap' }}
    >
      {slo.objectives.map(({ name, displayName, status }) => (
        <ToggleButton
          key={name}
          value={name}
          sx={{ gap: 0.75, color: 'text.primary', textTransform: 'none' }}
        >
          <StatusIcon status={status} fontSize="small" />
          {displayName ?? name}, {word(status)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
