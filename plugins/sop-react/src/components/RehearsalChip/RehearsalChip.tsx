import { useTranslationRef } from '@backstage/frontend-plugin-api';
import SchoolOutlinedIcon from '@mui/icons-material/SchoolOutlined';
import { sopReactTranslationRef } from '../../translation';
import { WordChip } from '../WordChip';

/** Props of {@link RehearsalChip}. @public */
export interface RehearsalChipProps {
  /** Of the run; nothing is shown for one that counts. */
  mode?: 'rehearsal';
  size?: 'small' | 'medium';
}

/** Says that a run is a rehearsal. @public */
export function RehearsalChip(props: RehearsalChipProps) {
  const { t } = useTranslationRef(sopReactTranslationRef);
  return props.mode === 'rehearsal' ? (
    <WordChip
      word={t('rehearsal.word')}
      title={t('rehearsal.title')}
      icon={SchoolOutlinedIcon}
      tone="warning"
      size={props.size}
    />
  ) : null;
}
