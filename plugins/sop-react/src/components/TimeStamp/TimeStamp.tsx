import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { DateTime } from 'luxon';
import { useNow } from '../../hooks/useNow';
import { formatCountdown, formatExact, relativeTime } from '../../lib/time';
import { sopReactTranslationRef } from '../../translation';

const HOUR = 3_600_000;

/** Props of {@link TimeStamp}. @public */
export interface TimeStampProps {
  /** ISO instant. */
  at: string;
  /** A deadline counts down, and says so once it has passed. */
  deadline?: boolean;
  /** Something that ends at `at`: "12:30 min left". */
  countdown?: boolean;
  /** Leave out of the tab order, for use inside links and buttons. */
  inert?: boolean;
}

/**
 * A time, relative and short; hover or focus tells the exact one with its zone,
 * in the reader's zone.
 * @public
 */
export function TimeStamp(props: TimeStampProps) {
  const { at, deadline = false, countdown = false, inert = false } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const target = DateTime.fromISO(at).toMillis();
  const counts = deadline || countdown;
  const near = counts && Math.abs(target - Date.now()) < HOUR;
  const now = useNow(near ? 1_000 : 30_000);

  let text: string;
  if (countdown) {
    text = t('time.left', {
      duration: formatCountdown(Math.max(0, target - now)),
    });
  } else if (deadline && target < now) {
    text = t('time.overdue', { duration: formatCountdown(now - target) });
  } else if (deadline && target - now < HOUR) {
    text = t('time.future', { duration: formatCountdown(target - now) });
  } else {
    const { tense, duration, isDate } = relativeTime(at, now);
    if (tense === 'now') {
      text = t('time.now');
    } else {
      text = isDate ? duration : t(`time.${tense}`, { duration });
    }
  }

  const overdue = deadline && target < now;
  const element = (
    <Box
      component="time"
      dateTime={at}
      tabIndex={inert ? undefined : 0}
      sx={{
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums',
        fontWeight: overdue ? 'fontWeightBold' : undefined,
        ...(near && { display: 'inline-block', minWidth: '11ch' }),
      }}
    >
      {text}
    </Box>
  );
  return (
    <Tooltip title={formatExact(at)} describeChild arrow>
      {element}
    </Tooltip>
  );
}
