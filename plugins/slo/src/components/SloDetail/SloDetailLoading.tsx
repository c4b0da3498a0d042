import { Loading } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** The shape of an SLO's page. */
export function SloDetailLoading() {
  return (
    <>
      <Loading shape="text" count={2} />
      <Box
        aria-hidden
        sx={{
          display: 'grid',
          gap: 2,
          my: 2,
          gridTemplateColumns:
            'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
        }}
      >
        {[0, 1, 2, 3].map(tile => (
          <Skeleton key={tile} variant="rounded" height={124} />
        ))}
      </Box>
      <Skeleton aria-hidden variant="rounded" height={320} />
    </>
  );
}
