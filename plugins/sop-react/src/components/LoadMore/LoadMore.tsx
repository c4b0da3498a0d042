import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { sopReactTranslationRef } from '../../translation';

/** The parts of an infinite query that {@link LoadMore} needs. @public */
export interface LoadMoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
}

/** Asks for the next page; nothing when there is none. @public */
export function LoadMore(props: LoadMoreProps) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = props.query;
  const { t } = useTranslationRef(sopReactTranslationRef);
  if (!hasNextPage) {
    return null;
  }
  return (
    <Box sx={{ textAlign: 'center', mt: 2 }}>
      <Button
        variant="outlined"
        aria-busy={isFetchingNextPage || undefined}
        onClick={() => {
          if (!isFetchingNextPage) {
            fetchNextPage();
          }
        }}
      >
        {isFetchingNextPage ? t('states.loading') : t('list.loadMore')}
      </Button>
    </Box>
  );
}
