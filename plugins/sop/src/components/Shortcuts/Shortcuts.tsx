import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useSopLinks } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { Fragment, ReactNode, useCallback, useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { sopTranslationRef } from '../../translation';
import { shortcutsEnabled, useShortcuts } from './useShortcuts';

const STORAGE_KEY = 'sop:shortcuts';

/**
 * Keyboard shortcuts of the SOP pages and the help on `?`. They can be turned
 * off, as single keys get in the way of speech input.
 */
export function Shortcuts(props: { children: ReactNode }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [enabled, setEnabled] = useState(() => shortcutsEnabled(STORAGE_KEY));
  const titleId = useId();

  const onKey = useCallback(
    (key: string) => {
      if (key === '?') {
        setOpen(true);
      } else if (key === 't') {
        navigate(links.tasks());
      } else if (key === 's') {
        navigate(links.catalogue());
      }
    },
    [links, navigate],
  );
  useShortcuts(onKey, ['?', 't', 's'], key => key === '?' || enabled);

  const rows = [
    ['?', t('shortcuts.help')],
    ['t', t('shortcuts.tasks')],
    ['s', t('shortcuts.catalogue')],
    ['j', t('shortcuts.next')],
    ['k', t('shortcuts.previous')],
    ['g', t('shortcuts.current')],
  ];
  return (
    <>
      {props.children}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        aria-labelledby={titleId}
      >
        <DialogTitle id={titleId}>{t('shortcuts.title')}</DialogTitle>
        <DialogContent>
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: 'auto 1fr',
              gap: 1,
              m: 0,
            }}
          >
            {rows.map(([key, text]) => (
              <Fragment key={key}>
                <Box component="dt">
                  <kbd>{key}</kbd>
                </Box>
                <Box component="dd" sx={{ m: 0 }}>
                  {text}
                </Box>
              </Fragment>
            ))}
          </Box>
          <FormControlLabel
            sx={{ mt: 2 }}
            label={t('shortcuts.enabled')}
            control={
              <Switch
                checked={enabled}
                onChange={(_event, checked) => {
                  setEnabled(checked);
                  localStorage.setItem(STORAGE_KEY, checked ? 'on' : 'off');
                }}
              />
            }
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t('common.close')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
