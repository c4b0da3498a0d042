import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { sopReactTranslationRef } from '../../translation';

/** Props of {@link Loading}. @public */
export interface LoadingProps {
  /** The shape of what comes. */
  shape?: 'list' | 'cards' | 'split' | 'text';
  /** How many lines or cards. */
  count?: number;
}

/** The shape of what is on its way. @public */
export function Loading(props: LoadingProps) {
  const { shape = 'list', count = 4 } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const lines = Array.from({ length: count }, (_, index) => index);
  const box = (height: number, key: number | string) => (
    <Skeleton key={key} variant="rounded" height={height} sx={{ mb: 1.5 }} />
  );
  return (
    <Box role="status" aria-label={t('states.loading')} aria-busy="true">
      {shape === 'list' && lines.map(line => box(52, line))}
      {shape === 'text' &&
        lines.map(line => <Skeleton key={line} width={`${90 - line * 12}%`} />)}
      {shape === 'cards' && (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))',
          }}
        >
          {lines.map(line => box(160, line))}
        </Box>
      )}
      {shape === 'split' && (
        <>
          <Skeleton width="60%" height={40} />
          <Skeleton width="80%" sx={{ mb: 2 }} />
          <Box
            sx={{
              display: 'grid',
              gap: 3,
              gridTemplateColumns: { xs: '1fr', md: '320px 1fr' },
            }}
          >
            <div>{lines.map(line => box(36, line))}</div>
            <div>{box(280, 'panel')}</div>
          </Box>
        </>
      )}
    </Box>
  );
}
