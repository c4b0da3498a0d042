import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloStatus, SloSummary } from '@handrail/plugin-slo-common';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
} from '@handrail/plugin-sop-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import SpeedIcon from '@mui/icons-material/Speed';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useOwnership, useSlos } from '../../hooks';
import { useSloLinks } from '../../routes';
import { sloTranslationRef } from '../../translation';
import { SloLine } from '../SloLine';

const TROUBLE: SloStatus[] = ['exhausted', 'caution'];
const LINES = 6;
const EVERYBODY = { status: TROUBLE, limit: LINES };

/** On the home page: budgets in trouble, worst first, the reader's own on top. */
export function TroubleWidget() {
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  const owner = useOwnership();
  const ownRequest = useMemo(
    () => ({ ...EVERYBODY, owner: owner ? [...owner] : [] }),
    [owner],
  );
  const hasOwn = Boolean(owner?.length);
  const own = useSlos(ownRequest, { enabled: hasOwn });
  const all = useSlos(EVERYBODY);

  const page = all.data?.pages[0];
  if (all.isPending || !owner || (hasOwn && own.isPending)) {
    return <Loading shape="list" count={3} />;
  }
  if (!page) {
    return <ErrorState error={all.error} onRetry={() => all.refetch()} />;
  }
  const mine = hasOwn ? own.data?.pages[0].items ?? [] : [];
  const isMine = (slo: SloSummary) => mine.some(({ ref }) => ref === slo.ref);
  const lines = [...mine, ...page.items.filter(slo => !isMine(slo))].slice(
    0,
    LINES,
  );
  const { totals } = page;
  const notKnown = totals.unknown + totals['no-data'];

  if (lines.length === 0) {
    return <NoTrouble healthy={totals.healthy} notKnown={notKnown} />;
  }
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {lines.map(slo => (
          <SloLine key={slo.ref} slo={slo} mine={isMine(slo)} />
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, mt: 1 }}>
        <AppLink to={links.list()}>{t('widget.all')}</AppLink>
        {notKnown > 0 && <NotKnown count={notKnown} />}
      </Box>
    </>
  );
}

function NotKnown({ count }: { count: number }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  return (
    <AppLink to={links.list({ status: ['unknown', 'no-data'] })}>
      {t('widget.notKnown', { count })}
    </AppLink>
  );
}

function NoTrouble(props: { healthy: number; notKnown: number }) {
  const { healthy, notKnown } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  const toList = <AppLink to={links.list()}>{t('widget.all')}</AppLink>;
  if (healthy + notKnown === 0) {
    return (
      <EmptyState
        dense
        icon={<SpeedIcon />}
        title={t('widget.none')}
        action={toList}
      />
    );
  }
  return (
    <EmptyState
      dense
      icon={<CheckCircleOutlineIcon />}
      // What is not known is not fine.
      title={t(notKnown ? 'widget.noTrouble' : 'widget.fine')}
      action={toList}
    >
      {healthy > 0 && (
        <Typography>{t('widget.fineCount', { count: healthy })}</Typography>
      )}
      {notKnown > 0 && <NotKnown count={notKnown} />}
    </EmptyState>
  );
}
