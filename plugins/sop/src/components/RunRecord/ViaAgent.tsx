import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { WordChip } from '@handrail/plugin-sop-react';
import SmartToyIcon from '@mui/icons-material/SmartToyOutlined';
import { sopTranslationRef } from '../../translation';

/** Says that an agent did something for the person beside it. */
export function ViaAgent(props: { via: string }) {
  const { via } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <WordChip
      word={t('timeline.via', { agent: via.replace(/^plugin:/, '') })}
      icon={SmartToyIcon}
      tone="info"
      title={t('timeline.viaTitle')}
    />
  );
}
