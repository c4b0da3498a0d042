import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { sopReactTranslationRef } from '../../translation';

/** How far a run is, as a bar and in words. @public */
export function RunProgress(props: { done: number; total: number }) {
  const { done, total } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const words = { done: String(done), total: String(total) };
  return (
    <Box
      sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minWidth: 160 }}
    >
      <LinearProgress
        variant="determinate"
        value={total > 0 ? Math.min(100, (done / total) * 100) : 0}
        aria-label={t('progress.aria', words)}
        sx={{ flex: 1, height: 8, borderRadius: 4 }}
      />
      <Typography
        variant="body2"
        sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
      >
        {t('progress.label', words)}
      </Typography>
    </Box>
  );
}
