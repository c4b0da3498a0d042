import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RevisionView, SignatureView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import HourglassEmptyIcon from '@mui/icons-material/HourglassEmpty';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** A signature as it is printed: name, time and meaning, always all three. */
export function SignatureLine(props: { signature: SignatureView }) {
  const { signature } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Typography
      variant="body2"
      component="span"
      sx={{
        overflowWrap: 'anywhere',
        textDecoration: signature.withdrawn ? 'line-through' : undefined,
      }}
    >
      <strong>{signature.name}</strong>,{' '}
      {t(`control.meaning.${signature.meaning}`)},{' '}
      <TimeStamp at={signature.at} />
      {`: ${signature.reason}`}
    </Typography>
  );
}

/** Who must sign a revision, who has, and what was said besides. */
export function Signatures(props: { revision: RevisionView }) {
  const { approvers, signatures } = props.revision;
  const { t } = useTranslationRef(sopTranslationRef);
  const rest = signatures.filter(
    one => one.meaning === 'review' || one.withdrawn,
  );
  if (approvers.length === 0 && rest.length === 0) {
    return (
      <Typography color="text.secondary">{t('control.unsigned')}</Typography>
    );
  }
  return (
    <Box
      component="ul"
      aria-label={t('control.signatures')}
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}
    >
      {approvers.map(({ entityRef, kept, signature }) => (
        <Box
          component="li"
          key={entityRef}
          sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}
        >
          {signature ? (
            <CheckCircleOutlineIcon color="success" aria-hidden />
          ) : (
            <HourglassEmptyIcon color="info" aria-hidden />
          )}
          <PersonChip entityRef={entityRef} />
          {signature ? (
            <SignatureLine signature={signature} />
          ) : (
            <Typography variant="body2" component="span">
              {t('control.missing')}
            </Typography>
          )}
          {kept && (
            <Typography variant="body2" color="text.secondary" component="span">
              {t('control.kept')}
            </Typography>
          )}
        </Box>
      ))}
      {rest.map(signature => (
        <li key={`${signature.by}:${signature.at}`}>
          <SignatureLine signature={signature} />
          {signature.withdrawn && (
            <Typography variant="body2" color="text.secondary" component="span">
              {' '}
              {t('control.withdrawn', { reason: signature.withdrawn.reason })}
            </Typography>
          )}
        </li>
      ))}
    </Box>
  );
}
