import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlView } from '@handrail/plugin-sop-common';
import { AppLink, useSopLinks } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { sopTranslationRef } from '../../translation';

/** Props of {@link StartNotice}. */
export interface StartNoticeProps {
  sopRef: string;
  mode?: 'rehearsal';
  control?: ControlView;
  targetRef?: string;
}

/**
 * What the reader must know of the revision before starting: that nothing is in
 * force and who must still sign, that the file is newer, or that this is a
 * rehearsal.
 */
export function StartNotice(props: StartNoticeProps) {
  const { sopRef, mode, control, targetRef } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  if (mode) {
    return (
      <Alert severity="warning">
        {t('start.rehearsal')} {control?.sentence}
      </Alert>
    );
  }
  if (control && !control.canStart.allowed) {
    return (
      <Alert severity="warning">
        <AlertTitle>{t('start.cannotStart')}</AlertTitle>
        {control.sentence}{' '}
        {control.canRehearse.allowed && (
          <AppLink
            to={links.start({
              sop: sopRef,
              target: targetRef,
              mode: 'rehearsal',
            })}
          >
            {t('start.rehearseInstead')}
          </AppLink>
        )}
      </Alert>
    );
  }
  const effective = control?.revisions.find(
    one => one.hash === control.effectiveHash,
  );
  return effective && effective.hash !== control?.currentHash ? (
    <Alert severity="info">
      {t('start.inForceNote', {
        revision: effective.label ?? effective.hash.slice(0, 12),
      })}
    </Alert>
  ) : null;
}
