import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RevisionView } from '@handrail/plugin-sop-common';
import {
  PermitButton,
  RevisionCommand,
  useRevisionCommand,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { ReasonDialog } from '../ReasonDialog';

type Act = 'sign' | 'review' | 'reject' | 'withdraw';

/** Props of {@link RevisionActions}. */
export interface RevisionActionsProps {
  sopRef: string;
  revision: RevisionView;
}

/** What the reader may do to a revision; each asks for a reason. */
export function RevisionActions(props: RevisionActionsProps) {
  const { sopRef, revision } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [act, setAct] = useState<Act>();
  const [approver, setApprover] = useState(revision.signFor[0] ?? '');
  const { mutate, isPending, error, reset } = useRevisionCommand(
    sopRef,
    revision.hash,
  );
  const open = (next: Act) => {
    reset();
    setAct(next);
  };
  const confirm = (reason: string) => {
    const commands: Record<Act, RevisionCommand> = {
      sign: {
        type: 'sign',
        meaning: 'approval',
        reason,
        approver: approver || undefined,
      },
      review: { type: 'sign', meaning: 'review', reason },
      reject: { type: 'reject', reason },
      withdraw: { type: 'withdraw', reason },
    };
    mutate(commands[act!], { onSuccess: () => setAct(undefined) });
  };
  const name = revision.label ?? revision.hash.slice(0, 12);
  const inReview = ['in-review', 'approved'].includes(revision.status);
  // What can never be done here has no button; what somebody else could do says who.
  const shown: [Act, boolean][] = [
    ['sign', inReview && revision.approvers.length > 0],
    ['reject', inReview && revision.reject.allowed],
    ['withdraw', revision.withdraw.allowed],
    ['review', revision.status === 'effective' && revision.review.allowed],
  ];
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        {shown
          .filter(([, isShown]) => isShown)
          .map(([one]) => (
            <PermitButton
              key={one}
              variant={one === 'sign' ? 'contained' : 'outlined'}
              permit={revision[one]}
              onClick={() => open(one)}
            >
              {t(`control.${one}`)}
            </PermitButton>
          ))}
      </Box>
      {act && (
        <ReasonDialog
          open
          title={t(`control.${act}Title`, { name })}
          text={t(`control.${act}Text`, { hash: revision.hash.slice(0, 12) })}
          confirm={t(`control.${act}`)}
          dismiss={t('common.cancel')}
          pending={isPending}
          error={error}
          onConfirm={confirm}
          onClose={() => setAct(undefined)}
        >
          {act === 'sign' && revision.signFor.length > 1 && (
            <TextField
              select
              fullWidth
              label={t('control.signFor')}
              value={approver}
              onChange={event => setApprover(event.target.value)}
              sx={{ mt: 1 }}
            >
              {revision.signFor.map(ref => (
                <MenuItem key={ref} value={ref}>
                  {ref}
                </MenuItem>
              ))}
            </TextField>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
