import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloData } from '@handrail/plugin-slo-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { sloTranslationRef } from '../../translation';

const SX = { mb: 2, overflowWrap: 'anywhere' } as const;

/** Says when the figures are not those of now, and why; nothing when they are. */
export function SourceNotice({ data }: { data: SloData }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const { error, errorAt, evaluatedAt, stale } = data;
  const at = evaluatedAt && <TimeStamp at={evaluatedAt} />;
  if (error) {
    return (
      <Alert severity="warning" variant="outlined" sx={SX}>
        <AlertTitle>{t('source.failedTitle')}</AlertTitle>
        <div>
          {error}{' '}
          {errorAt && (
            <>
              ({t('source.failedAt')} <TimeStamp at={errorAt} />)
            </>
          )}
        </div>
        <div>
          {at ? (
            <>
              {t('source.lastKnown')} {at}.
            </>
          ) : (
            t('source.nothingKnown')
          )}
        </div>
      </Alert>
    );
  }
  if (!at) {
    return (
      <Alert severity="info" variant="outlined" sx={SX}>
        <AlertTitle>{t('source.neverTitle')}</AlertTitle>
        {t('source.never')}
      </Alert>
    );
  }
  return stale ? (
    <Alert severity="warning" variant="outlined" sx={SX}>
      <AlertTitle>{t('source.staleTitle')}</AlertTitle>
      {t('source.stale')} {at}.
    </Alert>
  ) : null;
}
