import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GateReason } from '@handrail/plugin-sop-common';
import { AppLink, EntityLink, TimeStamp } from '@handrail/plugin-sop-react';
import InfoOutlinedIcon from '@mui/icons-material/InfoOutlined';
import ReportOutlinedIcon from '@mui/icons-material/ReportOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { sopTranslationRef } from '../../translation';

/** Each reason with when it ends, who can end it, and where there is more. */
export function GateReasons({ reasons }: { reasons: GateReason[] }) {
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {reasons.map(reason => (
        <Reason
          key={`${reason.source} ${reason.code} ${reason.sentence}`}
          reason={reason}
        />
      ))}
    </Box>
  );
}

function Reason({ reason }: { reason: GateReason }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { blocking, sentence, source, until, unblockers = [], href } = reason;
  const Icon = blocking ? ReportOutlinedIcon : InfoOutlinedIcon;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, py: 0.5 }}>
      <Icon
        fontSize="small"
        color={blocking ? 'error' : 'disabled'}
        titleAccess={t(blocking ? 'gate.against' : 'gate.worthKnowing')}
      />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography variant="body2">{sentence}</Typography>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            columnGap: 1.5,
            color: 'text.secondary',
            typography: 'caption',
          }}
        >
          <span>{source}</span>
          {until && (
            <Detail label={t('gate.until')}>
              <TimeStamp at={until} />
            </Detail>
          )}
          {unblockers.length > 0 && (
            <Detail label={t('gate.unblock')}>
              {unblockers.map(ref => (
                <EntityLink key={ref} entityRef={ref} />
              ))}
            </Detail>
          )}
          {href && <More href={href} source={source} />}
        </Box>
      </Box>
    </Box>
  );
}

function Detail(props: { label: string; children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 0.5 }}
    >
      {props.label} {props.children}
    </Box>
  );
}

function More({ href, source }: { href: string; source: string }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const label = t('gate.more');
  const name = t('gate.moreNamed', { source });
  // Only paths of the portal: an address from elsewhere is not followed.
  return href.startsWith('/') && !href.startsWith('//') ? (
    <AppLink to={href} aria-label={name}>
      {label}
    </AppLink>
  ) : null;
}
